import { AppError } from '../error.js';

/** One page of a longer list, in the order asked for. */
export interface Page<T> {
  nodes: T[];
  hasNext: boolean;
  hasPrevious: boolean;
  /** The cursor of a node of this page. */
  cursorOf: (node: T) => string;
}

export const PAGE_DEFAULT = 50;

/** How many of a list are wanted. @throws AppError BAD_USER_INPUT */
export function checkFirst(wanted: number | undefined, firstMax: number): number {
  const first = wanted ?? PAGE_DEFAULT;
  if (first >= 1 && first <= firstMax) return first;
  throw new AppError('BAD_USER_INPUT', `first is a number from 1 to ${firstMax}`, {
    hint: 'ask for less, and go on with the cursor',
    limit: firstMax,
  });
}
