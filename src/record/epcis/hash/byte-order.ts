/** Joins texts in the order of their UTF-8 bytes. */
export function joinSorted(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0]! : [...texts].sort(compareBytes).join('');
}

/** Orders as the UTF-8 bytes do, which JavaScript's own order does not beyond the Basic Multilingual Plane. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
