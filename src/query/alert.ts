import type { AlertFilter } from '../graph/alert/alert-filter.js';
import type { AlertNode } from '../graph/alert/alert-list.js';
import type { AlertReason, AlertType } from '../graph/alert/suspicion.js';
import { toBase64url, utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import { AppError } from '../error.js';
import { canonicalEpc, formatDigitalLink, parseIdentifier } from '../record/gs1/identifier.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { checkEventReader } from './event-list.js';
import { shapeEvent, type EventView } from './event.js';
import { checkFirst, type Page } from './page.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';

/** What may be asked of a list of alerts; identifiers in any form. */
export interface AlertQuestion {
  types?: AlertType[];
  item?: string;
  /** Digits, URN, Digital Link or element string. */
  gtin?: string;
  place?: string;
  raisedFrom?: number;
  raisedBefore?: number;
  evidenceFrom?: number;
}

export interface AlertExplanationView {
  reason: AlertReason;
  text: string;
}

/** An alert as it is answered. */
export interface AlertView {
  id: string;
  type: AlertType;
  status: 'SUSPECT';
  reasons: AlertExplanationView[];
  item: string;
  raisedAt: number;
  knownAt: number;
  evidence: EventView[];
  evidenceCount: number;
  node: AlertNode;
}

export interface AlertPage extends Page<AlertView> {
  /** How much of what is indexed is still to be looked at; up to a bound. */
  pending: number;
  /** Last ledger position the index had applied. */
  position: number | null;
  filter: AlertFilter;
  now: number;
}

/**
 * The alerts raised by now, newest first, keyset by keyset; as of what is known at present.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, BAD_CURSOR
 */
export async function listAlerts(
  reader: Reader,
  list: { question?: AlertQuestion; first?: number; after?: string },
): Promise<AlertPage> {
  checkEventReader(reader);
  const { rooms } = reader;
  const filter = parseAlertQuestion(list.question ?? {});
  const first = checkFirst(list.first, rooms.limits.firstMax);
  const scope = scopeOf(reader, filter);
  const after = list.after === undefined ? undefined : parsePlace(scope, list.after);
  const now = rooms.now();
  const page = await reader.ask((read) => read.listAlerts(filter, now, first, after));
  return {
    nodes: page.alerts.map((node) => shapeAlert(node)),
    hasNext: page.hasNext,
    hasPrevious: after !== undefined,
    cursorOf: ({ node }) => formatCursor(scope, [node.raisedAt, node.id]),
    pending: page.pending,
    position: formatPosition(page.cursor),
    filter,
    now,
  };
}

/** How many there are in all. */
export function countAlerts(reader: Reader, { filter, now }: AlertPage): Promise<number> {
  checkEventReader(reader);
  return reader.ask((read) => read.countAlerts(filter, now));
}

/** For a viewer who may read events: `checkEventReader`. */
export function shapeAlert(node: AlertNode): AlertView {
  const { type, reasons, item, raisedAt, known, evidence, events } = node;
  return {
    id: formatAlertId(node),
    type,
    status: 'SUSPECT',
    reasons: reasons.map((reason) => ({ reason, text: EXPLANATIONS[reason] })),
    item,
    raisedAt,
    knownAt: known,
    evidence: events.map((event) => shapeEvent(event)),
    evidenceCount: evidence.length,
    node,
  };
}

/** @throws AppError BAD_USER_INPUT for what is no GTIN */
export function parseAlertQuestion(question: AlertQuestion): AlertFilter {
  const { types, item, gtin, place, raisedFrom, raisedBefore, evidenceFrom } = question;
  return {
    ...(types && { types }),
    ...(item !== undefined && { item: canonicalEpc(item) }),
    ...(gtin !== undefined && { gtin: parseClass(gtin) }),
    ...(place !== undefined && { place: canonicalEpc(place) }),
    ...(raisedFrom !== undefined && { raisedFrom }),
    ...(raisedBefore !== undefined && { raisedBefore }),
    ...(evidenceFrom !== undefined && { knownFrom: evidenceFrom }),
  };
}

const GTIN_DIGITS = 14;

function parseClass(gtin: string): string {
  const text = /^\d{8,14}$/.test(gtin) ? `(01)${gtin.padStart(GTIN_DIGITS, '0')}` : gtin;
  const id = parseIdentifier(text);
  // an instance stands for its class
  if (id?.key.ai === '01') return formatDigitalLink({ ...id, qualifiers: [] });
  throw new AppError('BAD_USER_INPUT', 'not a GTIN', {
    hint: 'give its digits, or a Digital Link, URN or element string that has one',
  });
}

/** The same for every index of a log, and no content to who may not read the item. */
function formatAlertId({ type, item, evidence }: AlertNode): string {
  return toBase64url(sha256(utf8(`provtrail/alert/v1\0${type}\0${item}\0${evidence[0]}`)));
}

function parsePlace(scope: CursorScope, cursor: string): { raisedAt: number; id: number } {
  const [raisedAt, id] = parseCursor(scope, cursor);
  return { raisedAt: Number(raisedAt), id: Number(id) };
}

function scopeOf({ rooms, viewer }: Reader, filter: AlertFilter): CursorScope {
  const { organisation, subject } = viewer;
  const asked = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: rooms.cursorKey, binding: ['alerts', organisation, subject, asked] };
}

/** Fixed sentences: what an event says is in the evidence. */
const EXPLANATIONS: Record<AlertReason, string> = {
  SECOND_COMMISSIONING: 'It was commissioned although it had been commissioned before.',
  AFTER_END_OF_LIFE:
    'Something happened to it after it had been dispensed, decommissioned or destroyed.',
  NEVER_COMMISSIONED:
    'Nobody commissioned it, although others of its product were commissioned in this log.',
  FOREIGN_COMMISSIONING:
    'It was commissioned at a place of another company than the one whose prefix its product has.',
  LOT_CONFLICT: 'Two events that bring it into being name different lots.',
  EXPIRY_CONFLICT: 'Two events that bring it into being name different expiry dates.',
  TOO_FAST: 'It was seen at two places between which nothing travels that fast.',
  TWO_PLACES_AT_ONCE: 'It was seen at two sites at the same time.',
  NEVER_RECEIVED: 'It was shipped, and nothing shows within fourteen days that it arrived.',
  NEVER_SHIPPED: 'It was received from elsewhere, and nobody shipped it.',
  SOLD_BY_ANOTHER: 'It was passed on by another than the owner known from an earlier transfer.',
  OUT_OF_RANGE: 'A sensor measured a temperature outside the storage range of the product.',
  ALARM_CONDITION: 'A sensor raised an alarm.',
  REPARENTED_WITHOUT_DELETE:
    'It was put into a container without having been taken out of the one it was in.',
};
