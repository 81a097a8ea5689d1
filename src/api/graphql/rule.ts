import { Extensions } from 'type-graphql';
import type { Action } from '../../access/policy.js';

/**
 * Which rule answers for what a field shows: an action of the policy, `own` for what a caller is told of itself
 * and its own calls, `frame` for what tells nothing. Stands on a type for all its fields, or on a field. The rule
 * is asked in the query room; a test walks the schema and fails for a field without one.
 */
export function Rule(rule: Action | 'own' | 'frame'): ReturnType<typeof Extensions> {
  return Extensions({ rule });
}
