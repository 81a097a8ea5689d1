/** Instances and their classes, ids of terms; a million of them in as little memory as may be. */
export class UnitList {
  length = 0;
  private items = new Float64Array(1_024);
  private gtins = new Float64Array(1_024);

  add(item: number, gtin: number): void {
    if (this.length === this.items.length) this.grow();
    this.items[this.length] = item;
    this.gtins[this.length] = gtin;
    this.length++;
  }

  /** Ids of the instances from one place of the list up to, but without, another. */
  slice(from: number, to: number): number[] {
    return [...this.items.subarray(from, Math.min(to, this.length))];
  }

  gtinAt(place: number): number {
    return this.gtins[place]!;
  }

  /** The place of the first instance whose id is greater, in a list that is in order. */
  placeBehind(item: number): number {
    let [from, to] = [0, this.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.items[middle]! <= item) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private grow(): void {
    const [items, gtins] = [this.items, this.gtins];
    this.items = new Float64Array(items.length * 2);
    this.gtins = new Float64Array(items.length * 2);
    this.items.set(items);
    this.gtins.set(gtins);
  }
}
