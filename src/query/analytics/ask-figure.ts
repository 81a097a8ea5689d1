import { AppError, isAppError } from '../../error.js';
import type { Reader } from '../reader.js';
import { forbidden, type AnalyticsView } from './analytics.js';
import { CELLS_MAX, findWithheld, keyText, wholeMonths, type Withheld } from './cell-size.js';
import { FigurePlanner, splitsOf, SUBJECTS, type FigureQuestion } from './figure-plan.js';
import type { Measure } from './figure.js';
import { groupsSql, type GroupPlan, type TimeSpan } from './group-sql.js';
import { labelKeys, type KeyView } from './label.js';
import { resolveIds } from './resolve.js';
import { classesOf, shapeOf, type FigureShape } from './figure-shape.js';
import { cellName } from './small-cell.js';
import { formatAmount } from './amount.js';

export type FigureKey = string | number | null;
export type FigureValue = string | number | null;

export interface FigureGroup {
  keys: KeyView[];
  /** By the name of the measure: all null when the group is withheld. */
  values: Record<string, FigureValue>;
  /** How many subjects; null when withheld or not counted. */
  subjects: number | null;
  isWithheld: boolean;
  /** As they are stored, for the records behind it. */
  raw: FigureKey[];
}

/** BEHIND: not all that is on the ledger is in; DEADLINE: the time was over; MAX_GROUPS: there are more. */
export type FigureReason = 'BEHIND' | 'DEADLINE' | 'MAX_GROUPS';

export interface FigureAnswer {
  groups: FigureGroup[];
  isComplete: boolean;
  reason: FigureReason | null;
  /** How many of the groups are withheld. */
  withheld: number;
  asOfPosition: number | null;
  /** The window as it was taken: in whole months for whoever may not read. */
  window: TimeSpan;
  question: FigureQuestion;
  shape: FigureShape;
}

export const GROUPS_DEFAULT = 100;
export const GROUPS_MAX = 1_000;

/**
 * One figure. What is not done when the time is over is interrupted, and the answer says so.
 *
 * @throws AppError FORBIDDEN, BAD_USER_INPUT, QUERY_TOO_COMPLEX
 */
export async function askFigure(
  reader: Reader,
  view: AnalyticsView,
  question: FigureQuestion,
): Promise<FigureAnswer> {
  const isExact = checkAccess(reader, question);
  if (!isExact) checkOptions(question);
  const limit = checkGroups(question.groupsMax);
  const asked = view.question.window ?? {};
  const window = isExact ? asked : wholeMonths(asked);
  const head = {
    asOfPosition: view.asOfPosition,
    window,
    question,
    shape: shapeOf(question),
  };
  try {
    const planner = await planFigure(reader, view, question);
    const groups = isExact
      ? await readGroups(reader, view, planner, window, limit + 1, undefined)
      : await readSafely(reader, view, planner, window);
    const isCut = groups === undefined || groups.length > limit;
    const shown = groups?.slice(0, limit) ?? [];
    const reason = isCut ? 'MAX_GROUPS' : view.isBehind ? 'BEHIND' : null;
    const withheld = shown.filter((group) => group.isWithheld).length;
    return { ...head, groups: shown, isComplete: reason === null, reason, withheld };
  } catch (error) {
    if (!isAppError(error, 'DEADLINE')) throw error;
    return { ...head, groups: [], isComplete: false, reason: 'DEADLINE', withheld: 0 };
  }
}

/** @throws AppError BAD_USER_INPUT, DEADLINE */
export async function planFigure(
  reader: Reader,
  view: AnalyticsView,
  question: FigureQuestion,
): Promise<FigurePlanner> {
  const filter = view.question.filter ?? {};
  const findOrigin = async (rid: string) =>
    (await reader.ask((read) => read.recordByRid(rid, 1)))?.seq;
  const { name, options = {} } = question;
  const ids = await resolveIds(view.clock.ask, findOrigin, name, filter, options);
  const setting = { now: reader.rooms.now(), classes: openClasses(reader, question) };
  return new FigurePlanner(setting, question, filter, ids, checkAccess(reader, question));
}

/** Whether figures of this kind are told as they are: to whoever may read the records. @throws AppError FORBIDDEN */
export function checkAccess(reader: Reader, question: FigureQuestion): boolean {
  const classes = openClasses(reader, question);
  if (classes.length === 0) throw forbidden();
  return classes.every((one) => reader.may('content.read', { class: one }));
}

function openClasses(reader: Reader, { name }: FigureQuestion): string[] {
  return classesOf(name).filter((one) => reader.may('analytics.read', { class: one }));
}

async function readSafely(
  reader: Reader,
  view: AnalyticsView,
  planner: FigurePlanner,
  window: TimeSpan,
): Promise<FigureGroup[] | undefined> {
  const withheld = await findWithheld(planner, window, view.clock.ask);
  if (!withheld) return undefined;
  const groups = await readGroups(reader, view, planner, window, CELLS_MAX, withheld);
  // where a group stands among the others would tell how large a value is that is not told
  const told = groups.filter(({ isWithheld }) => !isWithheld);
  const isRanked = ({ values }: FigureGroup) => Object.values(values)[0] !== null;
  const isTimed = planner.names[0] === 'BUCKET';
  return [
    ...told.filter((group) => isTimed || isRanked(group)),
    ...told.filter((group) => !isTimed && !isRanked(group)),
    ...groups.filter(({ isWithheld }) => isWithheld),
  ];
}

async function readGroups(
  reader: Reader,
  view: AnalyticsView,
  planner: FigurePlanner,
  window: TimeSpan,
  limit: number,
  withheld: Withheld | undefined,
): Promise<FigureGroup[]> {
  const plan = planner.plan(window);
  const rows = await view.clock.ask<FigureKey[]>(groupsSql(plan, limit), plan.statement.parameters);
  const width = plan.dimensions.length;
  const keys = rows.map((row) => row.slice(0, width));
  const names = keys.map((key) => cellName(key.map(keyText)));
  const isHidden = names.map((name) => withheld?.groups.has(name) ?? false);
  const told = keys.map((key, i) => (isHidden[i] ? key.map(() => null) : key));
  const labels = await labelKeys(
    reader,
    view.clock.ask,
    plan.dimensions,
    told,
    withheld === undefined,
  );
  return rows.map((row, i) => {
    const isWithheld = isHidden[i]!;
    const isSmall = ({ type, of = '' }: Measure) =>
      // the first of some times is the time of a single record
      withheld && (isWithheld || type === 'TIME' || withheld.ofPart.get(of)?.has(names[i]!));
    const { subjects, values } = valuesOf(plan, row.slice(width), isSmall);
    return { keys: labels[i]!, values, subjects, isWithheld, raw: told[i]! };
  });
}

function valuesOf(
  { figure, measures }: GroupPlan,
  row: readonly FigureKey[],
  isHidden: (measure: Measure) => boolean | undefined,
): Pick<FigureGroup, 'values' | 'subjects'> {
  const values: Record<string, FigureValue> = {};
  measures.forEach((name, i) => {
    const measure = figure.measures[name]!;
    const value = isHidden(measure) ? null : (row[i] ?? null);
    const isAmount = measure.type === 'DECIMAL';
    values[name] = isAmount && value !== null ? formatAmount(String(value)) : value;
  });
  const { [SUBJECTS]: subjects = null, ...rest } = values;
  return { values: rest, subjects: subjects === null ? null : Number(subjects) };
}

/**
 * The bound of a rule, moved a little, takes a few records in or out: whoever may not read has to do with the bounds that
 * are built in. Days and weeks within a month would tell of each other.
 */
function checkOptions(question: FigureQuestion): void {
  const { options = {}, bucket } = question;
  if (splitsOf(question).includes('BUCKET') && bucket !== 'MONTH') {
    throw new AppError('FORBIDDEN', 'hours, days and weeks are for whoever may read records', {
      hint: 'split by MONTH',
    });
  }
  if (Object.values(options).every((value) => value === undefined)) return;
  throw new AppError('FORBIDDEN', 'bounds and rules of figures are for whoever may read records', {
    hint: 'ask without them: the built-in ones hold then',
  });
}

function checkGroups(wanted = GROUPS_DEFAULT): number {
  if (wanted >= 1 && wanted <= GROUPS_MAX) return wanted;
  throw new AppError('BAD_USER_INPUT', `groupsMax is a number from 1 to ${GROUPS_MAX}`, {
    limit: GROUPS_MAX,
  });
}
