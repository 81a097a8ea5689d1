import { registerEnumType } from 'type-graphql';
import type { FigureReason } from '../../../query/analytics/ask-figure.js';
import type { Bucket } from '../../../query/analytics/bucket.js';
import type { Indicator } from '../../../query/analytics/claims/indicator.js';
import type { DimensionName } from '../../../query/analytics/figure.js';

export const BucketEnum: { [B in Bucket]: B } = {
  HOUR: 'HOUR',
  DAY: 'DAY',
  WEEK: 'WEEK',
  MONTH: 'MONTH',
};

registerEnumType(BucketEnum, {
  name: 'TimeBucket',
  description: 'What time is cut into, in UTC.',
  valuesConfig: {
    HOUR: { description: 'Hours.' },
    DAY: { description: 'Days.' },
    WEEK: { description: 'Weeks, which begin on Monday.' },
    MONTH: { description: 'Calendar months.' },
  },
});

export const DimensionEnum: { [D in DimensionName]: D } = {
  BUCKET: 'BUCKET',
  CLASS: 'CLASS',
  TYPE: 'TYPE',
  BIZ_STEP: 'BIZ_STEP',
  ORGANISATION: 'ORGANISATION',
  SITE: 'SITE',
  PLACE: 'PLACE',
  PRODUCT: 'PRODUCT',
  LOT: 'LOT',
  UNIT: 'UNIT',
  SENDER: 'SENDER',
  RECEIVER: 'RECEIVER',
  REASON: 'REASON',
  PAYER: 'PAYER',
  PROVIDER: 'PROVIDER',
  CLAIM_TYPE: 'CLAIM_TYPE',
  CLAIM_STATUS: 'CLAIM_STATUS',
  SERVICE: 'SERVICE',
  CURRENCY: 'CURRENCY',
};

registerEnumType(DimensionEnum, {
  name: 'AnalyticsDimension',
  description: 'What a figure can be split by; which of these, the figure says.',
  valuesConfig: {
    BUCKET: { description: 'Time: the start of the bucket, RFC 3339.' },
    CLASS: { description: 'Class of the record.' },
    TYPE: { description: 'Type of the event or resource.' },
    BIZ_STEP: { description: 'Business step, full URI.' },
    ORGANISATION: { description: 'Author of the event, or who has the unit.' },
    SITE: { description: 'Site: GLN without extension.' },
    PLACE: { description: 'Business location, else read point.' },
    PRODUCT: { description: 'GTIN, as Digital Link.' },
    LOT: { description: 'Lot number.' },
    UNIT: { description: 'The single unit.' },
    SENDER: { description: 'Who sent it: a party, else a site.' },
    RECEIVER: { description: 'Who received it: a party, else a site.' },
    REASON: { description: 'Why; what it can be, the figure says.' },
    PAYER: { description: 'Insurer: its rid where the node has its record, else its name.' },
    PROVIDER: { description: 'Who rendered the service, in the same way.' },
    CLAIM_TYPE: { description: 'Type of the claim: system|code.' },
    CLAIM_STATUS: { description: 'Status of the claim.' },
    SERVICE: { description: 'Product or service: system|code.' },
    CURRENCY: { description: 'ISO 4217 code; amounts of two are never added.' },
  },
});

export const AnalyticsReasonEnum: { [R in FigureReason]: R } = {
  BEHIND: 'BEHIND',
  DEADLINE: 'DEADLINE',
  MAX_GROUPS: 'MAX_GROUPS',
};

registerEnumType(AnalyticsReasonEnum, {
  name: 'AnalyticsReason',
  description: 'Why a figure is not all there is.',
  valuesConfig: {
    BEHIND: { description: 'It knows no more than up to `asOfPosition`; the log has more.' },
    DEADLINE: { description: 'The time for the request was over: it was broken off.' },
    MAX_GROUPS: {
      description: 'There are more groups than asked for, or than can be told safely.',
    },
  },
});

export const IndicatorEnum: { [I in Indicator]: I } = {
  SAME_SERVICE_TWICE: 'SAME_SERVICE_TWICE',
  CLAIM_WITHOUT_ENCOUNTER: 'CLAIM_WITHOUT_ENCOUNTER',
  SERVICE_AFTER_DEATH: 'SERVICE_AFTER_DEATH',
  IMPOSSIBLE_DAY: 'IMPOSSIBLE_DAY',
  UNBUNDLING: 'UNBUNDLING',
  LEVEL_MIX_OUTLIER: 'LEVEL_MIX_OUTLIER',
};

registerEnumType(IndicatorEnum, {
  name: 'ClaimIndicator',
  description: 'A reason to look at claims; no proof of anything.',
  valuesConfig: {
    SAME_SERVICE_TWICE: {
      description:
        'Two lines or more of the same code and modifiers for one patient on one day of service.',
    },
    CLAIM_WITHOUT_ENCOUNTER: {
      description:
        'No line names an encounter, and the patient had none on a day of the claim; pharmacy claims are left out.',
    },
    SERVICE_AFTER_DEATH: { description: 'A service on a day after the day the patient died.' },
    IMPOSSIBLE_DAY: {
      description:
        'One provider billed more minutes for one day than it can have: least minutes of each code (CMS fee schedule rules of 2021 and 2023, and what the caller says) times quantity.',
    },
    UNBUNDLING: {
      description:
        'A panel billed beside its parts, or all its parts in its place: same patient, provider and day. Panels: CMS NCCI Policy Manual chapter X, and what the caller says.',
    },
    LEVEL_MIX_OUTLIER: {
      description:
        "Visits at the highest level by a provider whose share of these lies above the peers' upper quartile by more than 1.5 times the distance of the quartiles.",
    },
  },
});
