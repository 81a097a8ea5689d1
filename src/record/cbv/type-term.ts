/** CBV 2.0, business transaction types. */
export const BUSINESS_TRANSACTION_TYPES =
  'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'.split(' ');

/** CBV 2.0, types of sources and destinations. */
export const SOURCE_DEST_TYPES = ['location', 'owning_party', 'possessing_party'];

/** CBV 2.0, reasons of an error declaration. */
export const ERROR_REASONS = ['did_not_occur', 'incorrect_data'];
