import type { FieldArea } from '../../record/epcis/fact/event-fact.js';

/**
 * As what an event names something. Position is the stored code. Roles up to
 * `OUTPUT` are of instances; all of one item lie side by side, so its history is one range of the table.
 */
export const MENTION_ROLES = [
  'EPC',
  'CHILD',
  'PARENT',
  'INPUT',
  'OUTPUT',
  // classes and lots in quantity lists
  'QUANTITY',
  'CHILD_QUANTITY',
  'INPUT_QUANTITY',
  'OUTPUT_QUANTITY',
  // GTIN of an instance among the EPCs of any list
  'CLASS_OF_INSTANCE',
  'TYPE',
  'ACTION',
  'BIZ_STEP',
  'DISPOSITION',
  'READ_POINT',
  'BIZ_LOCATION',
  'SET_DISPOSITION',
  'UNSET_DISPOSITION',
  'TRANSFORMATION_ID',
  'EVENT_ID',
  'ERROR_REASON',
  'CORRECTIVE_ID',
  // an error declaration; what is named is the type of event
  'ERROR_DECLARATION',
  'LOT',
  // GTIN of an instance in one list
  'CLASS_OF_PARENT',
  'CLASS_OF_INPUT',
  'CLASS_OF_OUTPUT',
  // where a sensor measured that names no thing: read point and business location
  'SENSOR_PLACE',
  // the parent of a TransactionEvent: of all that names it as a parent, what reaches its contents
  'TRANSACTION_PARENT',
] as const;

export type MentionRole = (typeof MENTION_ROLES)[number];

/** Roles of instances: an item's history. */
export const ITEM_ROLES = ['EPC', 'CHILD', 'PARENT', 'INPUT', 'OUTPUT'] as const;

export type ItemRole = (typeof ITEM_ROLES)[number];

const CODES = new Map<MentionRole, number>(MENTION_ROLES.map((role, code) => [role, code]));

export function encodeRole(role: MentionRole): number {
  return CODES.get(role)!;
}

/** Further roles are words: their code is this more than the term's id. */
export const WORD_ROLE_MIN = 64;

/**
 * The word for a transaction, source or destination of a type; without type, of any: each is mentioned both ways.
 */
export function typedRole(list: 'bizTransaction' | 'source' | 'destination', type = ''): string {
  return `${list}|${type}`;
}

/** The word for an extension or ILMD field that has the mentioned text. */
export function fieldRole(area: FieldArea, isInner: boolean, name: string): string {
  return `field|${area}|${isInner ? 'inner' : ''}|${name}`;
}

/** What is mentioned with a field's role when the field is there, whatever it says. */
export const ANY_TEXT = '';

/** The word for a text of a sensor report: `deviceID`, `exception`, `type`. */
export function sensorRole(name: string): string {
  return `sensor|${name}`;
}
