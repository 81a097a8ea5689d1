import { parseFhirDate, type Interval } from '../instant.js';
import { valueAt, type JsonObject } from '../json-object.js';

/**
 * When what a resource tells of happened: the first of these it has. R4 uses each name for one kind of
 * moment, so one list serves every type; what happened comes before when it was written down.
 */
const OCCURRED = `occurrenceDateTime occurrencePeriod.start occurredDateTime occurredPeriod.start
  effectiveDateTime effectiveInstant effectivePeriod.start performedDateTime performedPeriod.start
  onsetDateTime onsetPeriod.start whenHandedOver whenPrepared started period.start start servicedDate
  servicedPeriod.start collection.collectedDateTime createdDateTime authoredOn authored created dateTime
  sent date recordedDate recorded issued startDate receivedTime`
  .split(/\s+/)
  .map((way) => way.split('.'));

/** When a resource ceases to hold, for the types that say so. */
const VALID_UNTIL = new Map([
  ['Consent', ['provision', 'period', 'end']],
  ['Contract', ['applies', 'end']],
  ['Coverage', ['period', 'end']],
  ['Device', ['expirationDate']],
  ['Immunization', ['expirationDate']],
  ['Medication', ['batch', 'expirationDate']],
  ['MedicationRequest', ['dispenseRequest', 'validityPeriod', 'end']],
]);

/** Ms since the epoch; a day or a month counts from its beginning. */
export function occurredAt(resource: JsonObject): number | undefined {
  for (const way of OCCURRED) {
    const moment = dateAt(resource, way);
    if (moment) return moment.from;
  }
  return undefined;
}

/** Ms since the epoch; a day or a month counts to its end. */
export function validUntil(type: string, resource: JsonObject): number | undefined {
  const way = VALID_UNTIL.get(type);
  return way && dateAt(resource, way)?.to;
}

function dateAt(resource: JsonObject, way: string[]): Interval | undefined {
  const value = valueAt(resource, way);
  return typeof value === 'string' ? parseFhirDate(value) : undefined;
}
