import type { Draft, Problem, Warning } from '../draft.js';
import { showPointer, type Path } from '../json-pointer.js';

/**
 * The one member that an object may have twice: GS1's own examples give an event two ids. The last counts, as in every
 * JSON parser, and the event is kept with a warning.
 */
export function isEventId(path: Path): boolean {
  const above = path.slice(0, -1);
  const isEvent = above.length < 2 ? above.every(Number.isInteger) : above.at(-2) === 'eventList';
  return isEvent && path.at(-1) === 'eventID';
}

/** Warns of the events that had two ids. */
export function* warnOfTwoIds(
  results: Iterable<Draft | Problem>,
  repeated: readonly Path[],
  place: Path,
): Generator<Draft | Problem> {
  const pointers = repeated.map((path) => showPointer([...place, ...path]));
  for (const result of results) {
    const id = pointers.find((pointer) => pointer === `${result.pointer}/eventID`);
    if (id === undefined || !('extract' in result)) yield result;
    else yield { ...result, warnings: [...(result.warnings ?? []), twoIds(id)] };
  }
}

function twoIds(pointer: string): Warning {
  return { pointer, code: 'EVENT_ID_TWICE', message: 'the event has two ids: the last counts' };
}
