/** An input as the rooms below take it, at any depth. */
export type Present<T> = T extends (infer Item)[]
  ? Present<Item>[]
  : T extends object
    ? { [K in keyof T]: Present<Exclude<T[K], null>> }
    : T;

/** GraphQL tells null from absent; the rooms below do not. Members that are null are left out. */
export function dropNulls<T>(input: T): Present<T> {
  if (Array.isArray(input)) return input.map((item) => dropNulls<unknown>(item)) as Present<T>;
  if (typeof input !== 'object' || input === null) return input as Present<T>;
  const members = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(
    members.map(([name, value]) => [name, dropNulls<unknown>(value)]),
  ) as Present<T>;
}
