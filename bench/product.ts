/**
 * A module of the built product. Figures are of dist/, which is what runs; types are of src/, so that the
 * type check needs no build: `await product<typeof import('../src/app.js')>('app.js')`.
 */
export async function product<T>(path: string): Promise<T> {
  return (await import(new URL(`../dist/${path}`, import.meta.url).href)) as T;
}
