import { ownersOf } from '../trace/party.js';
import type { HistoryEntry } from '../trace/trace-event.js';
import { isNamed, suspect, type Suspicion } from './suspicion.js';

/** Whose an item is, by the transfer that says so. */
interface Claim {
  owner: string;
  seller?: string;
  entry: HistoryEntry;
}

/**
 * An item passed on by somebody who does not own it. Both buyers claim it from then on.
 *
 * @param entries own and inherited events that count, in order of position
 */
export function findDoubleOwnership(entries: readonly HistoryEntry[]): Suspicion[] {
  const found: Suspicion[] = [];
  let claims: Claim[] = [];
  for (const entry of entries) {
    const { from: seller, to: owner } = ownersOf(entry.event);
    const claim = owner === undefined ? undefined : { owner, seller, entry };
    const isDoubtful = seller !== undefined && claims.length > 0 && !isOwner(claims, seller);
    if (!isDoubtful) {
      if (claim) claims = [claim];
      continue;
    }
    // both partners of a transfer tell of it
    if (isToldAgain(claims, seller, owner)) continue;
    const last = claims[claims.length - 1]!.entry;
    if (isNamed(entry) || isNamed(last)) {
      found.push(suspect('DOUBLE_OWNERSHIP', 'SOLD_BY_ANOTHER', [entry.event, last.event]));
    }
    if (claim) claims = [...claims, claim];
  }
  return found;
}

function isOwner(claims: readonly Claim[], party: string): boolean {
  return claims.some(({ owner }) => owner === party);
}

function isToldAgain(claims: readonly Claim[], seller: string, buyer: string | undefined): boolean {
  return claims.some(
    (claim) => claim.seller === seller && (buyer === undefined || claim.owner === buyer),
  );
}
