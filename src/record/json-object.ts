/** An object of parsed JSON, of which nothing is known. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member when it is a string. */
export function stringAt(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/** The member's objects: one, those of a list, or none. */
export function objectsAt(object: JsonObject, name: string): JsonObject[] {
  const value = object[name];
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

/** The value a way of member names leads to, through objects only. */
export function valueAt(object: JsonObject, names: readonly string[]): unknown {
  let value: unknown = object;
  for (const name of names) value = isObject(value) ? value[name] : undefined;
  return value;
}
