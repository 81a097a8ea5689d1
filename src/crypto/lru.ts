/** A map that forgets what was used longest ago. */
export class LruMap<K, V> {
  private readonly map = new Map<K, V>();

  constructor(private readonly sizeMax: number) {}

  get(key: K): V | undefined {
    const value = this.map.get(key);
    if (value === undefined) return undefined;
    this.map.delete(key);
    this.map.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size <= this.sizeMax) return;
    const [oldest] = this.map.keys();
    this.map.delete(oldest as K);
  }
}
