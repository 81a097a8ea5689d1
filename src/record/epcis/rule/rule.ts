import type { Findings } from '../../finding.js';
import type { JsonObject } from '../../json-object.js';
import { checkIdentifiers } from './identifier.js';
import type { OwnTerms } from './own-term.js';
import { checkSensorAgreement } from './sensor-agreement.js';
import { checkVocabulary } from './vocabulary.js';
import { checkWhat } from './what.js';

/** The rules of EPCIS 2.0 and CBV 2.0 that structure cannot say, for an event whose structure has no fault. */
export function checkRules(event: JsonObject, own: OwnTerms, found: Findings): void {
  checkVocabulary(event, own, found);
  checkWhat(event, found);
  if (found.problems.length > 0) return;
  checkSensorAgreement(event, found);
  checkIdentifiers(event, found);
}
