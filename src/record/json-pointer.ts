/** A place in a JSON value: member names and array indexes from its root. */
export type Path = readonly (string | number)[];

const PLAIN_NAME = /^[@_]?[A-Za-z][A-Za-z0-9_]{0,40}$/;
const DIGIT_RUN = /\d{3}/;

/** The exact RFC 6901 pointer of a place. It may hold whatever member names the sender chose. */
export function formatPointer(path: Path): string {
  let pointer = '';
  for (const step of path) pointer += '/' + escapeStep(step);
  return pointer;
}

/**
 * The RFC 6901 pointer of a place, fit for an error message. A member name is content when a sender keys
 * objects by patient or serial, so the pointer ends at the last place whose names all look like element names.
 */
export function showPointer(path: Path): string {
  const hidden = path.findIndex((step) => typeof step === 'string' && !isPlainName(step));
  return formatPointer(hidden === -1 ? path : path.slice(0, hidden));
}

/** The steps of an RFC 6901 pointer; array indexes stay text. */
export function parsePointer(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name) && !DIGIT_RUN.test(name);
}

function escapeStep(step: string | number): string {
  if (typeof step === 'number') return String(step);
  if (!step.includes('~') && !step.includes('/')) return step;
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
