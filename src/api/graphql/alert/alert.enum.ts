import { registerEnumType } from 'type-graphql';
import type { AlertReason, AlertType } from '../../../graph/alert/suspicion.js';

export const AlertTypeEnum: { [T in AlertType]: T } = {
  DUPLICATE_SERIAL: 'DUPLICATE_SERIAL',
  IMPOSSIBLE_TRAVEL: 'IMPOSSIBLE_TRAVEL',
  CUSTODY_GAP: 'CUSTODY_GAP',
  DOUBLE_OWNERSHIP: 'DOUBLE_OWNERSHIP',
  EXCURSION: 'EXCURSION',
  REPARENTED: 'REPARENTED',
};

registerEnumType(AlertTypeEnum, {
  name: 'AlertType',
  description: 'What is suspected.',
  valuesConfig: {
    DUPLICATE_SERIAL: { description: 'More than one thing seems to bear the serial number.' },
    IMPOSSIBLE_TRAVEL: { description: 'It was seen where it cannot have got to.' },
    CUSTODY_GAP: { description: 'It was shipped and not received, or received and not shipped.' },
    DOUBLE_OWNERSHIP: { description: 'It was passed on by another than its owner.' },
    EXCURSION: { description: 'It was kept too warm or too cold, or a sensor raised an alarm.' },
    REPARENTED: { description: 'It was packed twice without having been unpacked.' },
  },
});

export const AlertReasonEnum: { [R in AlertReason]: R } = {
  SECOND_COMMISSIONING: 'SECOND_COMMISSIONING',
  AFTER_END_OF_LIFE: 'AFTER_END_OF_LIFE',
  NEVER_COMMISSIONED: 'NEVER_COMMISSIONED',
  FOREIGN_COMMISSIONING: 'FOREIGN_COMMISSIONING',
  LOT_CONFLICT: 'LOT_CONFLICT',
  EXPIRY_CONFLICT: 'EXPIRY_CONFLICT',
  TOO_FAST: 'TOO_FAST',
  TWO_PLACES_AT_ONCE: 'TWO_PLACES_AT_ONCE',
  NEVER_RECEIVED: 'NEVER_RECEIVED',
  NEVER_SHIPPED: 'NEVER_SHIPPED',
  SOLD_BY_ANOTHER: 'SOLD_BY_ANOTHER',
  OUT_OF_RANGE: 'OUT_OF_RANGE',
  ALARM_CONDITION: 'ALARM_CONDITION',
  REPARENTED_WITHOUT_DELETE: 'REPARENTED_WITHOUT_DELETE',
};

registerEnumType(AlertReasonEnum, {
  name: 'AlertReason',
  description: 'What exactly is odd.',
  valuesConfig: {
    SECOND_COMMISSIONING: { description: 'Commissioned although it was already.' },
    AFTER_END_OF_LIFE: { description: 'An event after it was dispensed or came to its end.' },
    NEVER_COMMISSIONED: { description: 'Not commissioned, though others of its GTIN were.' },
    FOREIGN_COMMISSIONING: {
      description:
        'Commissioned at a place whose GLN shares no six leading digits with the GTIN, though others were at one that does.',
    },
    LOT_CONFLICT: { description: 'Two lots are named.' },
    EXPIRY_CONFLICT: { description: 'Two expiry dates are named.' },
    TOO_FAST: { description: 'More than 50 km at more than 900 km/h.' },
    TWO_PLACES_AT_ONCE: { description: 'At two sites at the same time.' },
    NEVER_RECEIVED: { description: 'Nothing shows within 14 days of shipping that it arrived.' },
    NEVER_SHIPPED: { description: 'Received at another site than before, and not shipped.' },
    SOLD_BY_ANOTHER: { description: 'The source of a transfer is not the owner known.' },
    OUT_OF_RANGE: { description: 'A temperature outside the storage range of the product.' },
    ALARM_CONDITION: { description: 'A sensor report with an alarm.' },
    REPARENTED_WITHOUT_DELETE: { description: 'Put into a container while in another.' },
  },
});

export const AlertStatusEnum = { SUSPECT: 'SUSPECT' } as const;

registerEnumType(AlertStatusEnum, {
  name: 'AlertStatus',
  description: 'What an alert claims.',
  valuesConfig: {
    SUSPECT: {
      description: 'A suspicion, never a verdict: it is withdrawn when later events explain it.',
    },
  },
});
