/** Of what is slow, one of so many is tried: all in CI, fewer on a developer's machine. */
export const SHARE = process.env['CI'] === undefined ? 4 : 1;

/** How often to try what is slow. */
export function share(count: number): number {
  return Math.ceil(count / SHARE);
}
