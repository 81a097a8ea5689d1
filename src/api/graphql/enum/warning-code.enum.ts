import { registerEnumType } from 'type-graphql';
import { WARNING_CODES, type WarningCode } from '../../../record/draft.js';

/** One line for each code, for the schema: the compiler misses none. */
const DESCRIPTIONS: Record<WarningCode, string> = {
  CONTRADICTORY_VERSION:
    'A version that its source says is an older one, or another content under the same version id.',
  DOUBTFUL_TERM: 'A term that is neither of the CBV nor of a vocabulary the document names.',
  ELEMENT_ORDER: 'An XML element stands further down than the schema has it.',
  EVENT_ID_TWICE: 'An event has two ids: the last counts.',
  IDENTIFIER_FAULT: 'A GS1 key or NPI with a wrong check digit, length or character.',
  ILMD_WITHOUT_ADD: 'Instance or lot master data on an event that begins nothing.',
  NO_CHILDREN: 'An aggregation is observed without what is in it.',
  ONE_SIDED_TRANSFORMATION:
    'A transformation without inputs or without outputs, and without an id.',
  SENSOR_ATTRIBUTE_TWICE: 'A sensor attribute stands both in the metadata and in a report.',
  SENSOR_TIME_AFTER_EVENT: 'A sensor measured after the event it is part of.',
};

export const WarningCodeEnum = Object.fromEntries(
  WARNING_CODES.map((code) => [code, code]),
) as Record<WarningCode, WarningCode>;

registerEnumType(WarningCodeEnum, {
  name: 'WarningCode',
  description: 'The closed list of what may be odd about a record that is kept all the same.',
  valuesConfig: Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([code, description]) => [code, { description }]),
  ) as Record<WarningCode, { description: string }>,
});
