import { AppError } from '../../error.js';
import { showPointer, type Path } from '../json-pointer.js';

/** Where reading is. Ids are content, so a record is told by its number, from 1, among those of its kind. */
export interface Place {
  /** Down to the table of the records' kind. */
  path: Path;
  record?: number;
}

/** What is wrong with a document, and what can be done about it; names none but the standard's. */
export function provFault({ path, record }: Place, message: string, hint: string): AppError {
  const which = record === undefined ? '' : `record ${record} of ${String(path.at(-1))}: `;
  return new AppError('INVALID_RECORD', which + message, { pointer: showPointer(path), hint });
}
