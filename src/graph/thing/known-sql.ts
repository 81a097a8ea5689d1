import { PARTY } from '../../record/cbv/known-term.js';
import { typedRole, WORD_ROLE_MIN } from '../event/mention-role.js';

/** That event `e` counts for whoever knows the ledger up to and with a position; `upTo` is how that is bound. */
export function countsSql(upTo: string): string {
  return `e.voids = 0 AND e.seq <= ${upTo} AND (e.voided IS NULL OR e.voided > ${upTo})`;
}

/** The id of a term, null where nothing has named it; looked up once a statement. */
export function termSql(text: string): string {
  return `(SELECT id FROM term WHERE text = '${text}')`;
}

/** CBV types of a destination that say whose a thing is, and who has it. */
export const PARTY_TYPES: readonly string[] = [PARTY.owning_party, PARTY.possessing_party];

/** Roles of mentions in which an event names those parties as destinations. */
export const PARTY_ROLES_SQL: readonly string[] = PARTY_TYPES.map(
  (type) => `${WORD_ROLE_MIN} + ${termSql(typedRole('destination', type))}`,
);
