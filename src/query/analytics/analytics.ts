import { AppError } from '../../error.js';
import { formatPosition } from '../position.js';
import type { Reader } from '../reader.js';
import { FactsClock } from './facts-clock.js';
import type { FigureClass } from './figure.js';
import { checkFilter, type AnalyticsFilter } from './filter.js';
import type { TimeSpan } from './group-sql.js';

/** Over what figures are made. */
export interface AnalyticsQuestion {
  /** By the time each figure goes by, ms, half-open. */
  window?: TimeSpan;
  filter?: AnalyticsFilter;
}

/** A question that was let in; its figures are asked one by one, within the time of one request. */
export interface AnalyticsView {
  question: AnalyticsQuestion;
  /** Last ledger position the figures know of; null while they know none. */
  asOfPosition: number | null;
  /** They do not know of all that was on the ledger when the question came. */
  isBehind: boolean;
  clock: FactsClock;
}

const CLASSES: readonly FigureClass[] = ['epcis.event', 'fhir.resource'];

/**
 * Waits until the facts have what is on the ledger by now, as far as half of the time allows. Figures are of what is known
 * at present: an earlier `knownAt` is not kept by column.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT
 */
export async function openAnalytics(
  reader: Reader,
  question: AnalyticsQuestion,
): Promise<AnalyticsView> {
  reader.checkKnown();
  if (!CLASSES.some((one) => reader.may('analytics.read', { class: one }))) throw forbidden();
  checkFilter(question.filter ?? {});
  checkWindow(question.window ?? {});
  const clock = new FactsClock(reader);
  const { size } = reader.rooms.ledger.head();
  const settled = await clock.caughtUp(size);
  return {
    question,
    asOfPosition: formatPosition(settled),
    isBehind: settled < size,
    clock,
  };
}

export function forbidden(): AppError {
  return new AppError('FORBIDDEN', 'this token is not good for these figures', {
    hint: 'ask with a token of a role that may have them',
  });
}

function checkWindow({ from = -Infinity, to = Infinity }: TimeSpan): void {
  if (from < to) return;
  throw new AppError('BAD_USER_INPUT', 'the window ends before it begins', { pointer: '/window' });
}
