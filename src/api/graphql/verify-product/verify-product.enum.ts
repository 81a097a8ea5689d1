import { registerEnumType } from 'type-graphql';
import type {
  VerificationFailureReason,
  VerificationInfo,
} from '../../../graph/trace/verify-product.js';

/** Spelt as the standard does, but for the hyphen, which GraphQL does not know. */
export const VerificationFailureReasonEnum = {
  No_match_GTIN_Serial: 'No_match_GTIN_Serial',
  No_match_GTIN_Serial_Lot: 'No_match_GTIN_Serial_Lot',
  No_match_GTIN_Serial_Expiry: 'No_match_GTIN_Serial_Expiry',
  No_match_GTIN_Serial_Lot_Expiry: 'No_match_GTIN_Serial_Lot_Expiry',
  Not_for_re_distribution: 'Not_for_re-distribution',
} as const satisfies Record<string, VerificationFailureReason>;

registerEnumType(VerificationFailureReasonEnum, {
  name: 'VerificationFailureReason',
  description:
    'Why a product identifier is not verified: codes of the GS1 Lightweight Messaging Standard for Verification of Product Identifiers.',
  valuesConfig: {
    No_match_GTIN_Serial: {
      description: 'No unit was commissioned with this GTIN and this serial number.',
    },
    No_match_GTIN_Serial_Lot: { description: 'The unit was commissioned with another lot.' },
    No_match_GTIN_Serial_Expiry: {
      description: 'The unit was commissioned with another expiry date.',
    },
    No_match_GTIN_Serial_Lot_Expiry: {
      description: 'The unit was commissioned with another lot and another expiry date.',
    },
    Not_for_re_distribution: {
      description:
        'The identifier is right, but the unit was dispensed, destroyed, decommissioned or consumed. "Not_for_re-distribution" in the standard.',
    },
  },
});

export const VerificationInfoEnum = {
  Recalled: 'Recalled',
  Suspect: 'Suspect',
  Expired: 'Expired',
} as const satisfies { [I in VerificationInfo]: I };

registerEnumType(VerificationInfoEnum, {
  name: 'VerificationInfo',
  description: 'What else is to be known of a unit whose identifier is right; codes of GS1.',
  valuesConfig: {
    Recalled: { description: 'It is marked as recalled.' },
    Suspect: {
      description:
        'It was commissioned twice, its life had ended, or it was reported stolen: look closer.',
    },
    Expired: { description: 'Its expiry date is over.' },
  },
});
