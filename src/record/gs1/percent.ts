/** Undefined for what is not percent-encoded UTF-8. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const AS_IN_LINKS: Readonly<Record<string, string>> = {
  '!': '%21',
  '(': '%28',
  ')': '%29',
  '*': '%2A',
  '%3B': ';',
  '%3D': '=',
};

/**
 * A value in the path of a canonical Digital Link. The apostrophe, `;` and `=` stay: the reference vectors of the event
 * hash (CBV 2.0 section 8.9) leave alone what GS1 Digital Link 1.2, table 7-1, does not name.
 */
export function encodeLinkValue(value: string): string {
  if (/^[\w.-]*$/.test(value)) return value;
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!()*]|%3[BD]/g,
    (found) => AS_IN_LINKS[found]!,
  );
}

/** A serial number or reference in an EPC URN (EPC Tag Data Standard 1.13, table A-1). */
export function encodeUrnValue(value: string): string {
  return value.replace(
    /["#%&/<>?]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
