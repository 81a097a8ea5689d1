/** Joins texts in the order of their UTF-8 bytes. */
export function joinSorted(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0]! : [...texts].sort(compareBytes).join('');
}

/** Orders as the UTF-8 bytes do, which JavaScript's own order does not beyond the Basic Multilingual Plane. */
export function compareBytes(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others, and come after them. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
