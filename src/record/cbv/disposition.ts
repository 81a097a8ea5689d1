/** CBV 2.0, dispositions. */
export const DISPOSITIONS =
  `active available completeness_inferred completeness_verified conformant container_closed
  container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class
  mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other
  partially_dispensed recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen
  unavailable unknown`.split(/\s+/);

/** Names of CBV 1.0 that later versions deprecate, and what they say instead. */
export const FORMER_DISPOSITIONS: Readonly<Record<string, string>> = {
  non_sellable_damaged: 'damaged',
  non_sellable_disposed: 'disposed',
  non_sellable_expired: 'expired',
  non_sellable_no_pedigree_match: 'no_pedigree_match',
  non_sellable_recalled: 'recalled',
};
