/** Items kept in order; equal ones beside each other. */
export class SortedList<T> {
  readonly items: T[] = [];

  constructor(private readonly compare: (a: T, b: T) => number) {}

  insert(item: T): void {
    this.items.splice(this.countBefore(item, true), 0, item);
  }

  /** Puts the item in the place of an equal one. */
  replace(item: T): void {
    this.items[this.countBefore(item, false)] = item;
  }

  /** Takes one equal item away, if there is one. */
  delete(item: T): void {
    const at = this.countBefore(item, false);
    const found = this.items[at];
    if (found !== undefined && this.compare(found, item) === 0) this.items.splice(at, 1);
  }

  before(key: T): T[] {
    return this.items.slice(0, this.countBefore(key, false));
  }

  from(key: T): T[] {
    return this.items.slice(this.countBefore(key, false));
  }

  after(key: T): T[] {
    return this.items.slice(this.countBefore(key, true));
  }

  /** How many come before the key, equal ones among them or not. */
  private countBefore(key: T, withEqual: boolean): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.compare(this.items[middle]!, key);
      if (order < 0 || (withEqual && order === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
