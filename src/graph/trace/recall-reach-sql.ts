import { encodeRelation } from '../edge/relation.js';

const CLAIMS = `'Claim', 'ExplanationOfBenefit'`;

/** Whether the kind `k` is one of a claim, and whether it is one that may tell of a dispensing. */
export const IS_CLAIM = `k.type IN (${CLAIMS})`;
export const IS_DISPENSING = `k.type IN ('MedicationDispense', ${CLAIMS})`;

/** The record `r` that the edge `e` says to be derived from something, and its kind. */
export const DERIVED_RECORD = `CROSS JOIN record r
    ON r.seq = e.src AND e.rel = ${encodeRelation('wasDerivedFrom')}
  CROSS JOIN kind k ON k.id = r.kind AND k.class = 'fhir.resource'`;

/** The version `r` of a record that was the newest then; `?` are asOf and knownAt twice. */
export const KNOWN = `r.time <= ? AND r.seq < ? AND (r.until IS NULL OR r.until >= ?)`;
