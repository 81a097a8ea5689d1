import { parseFhirDate } from '../../instant.js';
import type { EventFacts, FieldFact } from './event-fact.js';
import { isMasterData } from './field-name.js';

/** Lot and expiry as the ILMD says them; the first of each that can be read. */
export function ilmdFacts(fields: FieldFact[]): Pick<EventFacts, 'lot' | 'expiry'> {
  const facts: Pick<EventFacts, 'lot' | 'expiry'> = {};
  for (const { area, isInner, name, text } of fields) {
    if (area !== 'ILMD' || isInner || text === undefined) continue;
    if (isMasterData(name, 'lotNumber')) facts.lot ??= text;
    else if (isMasterData(name, 'itemExpirationDate')) facts.expiry ??= parseFhirDate(text)?.to;
  }
  if (facts.expiry === undefined) delete facts.expiry;
  return facts;
}
