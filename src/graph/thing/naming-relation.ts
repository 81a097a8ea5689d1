import { ACTIONS } from '../event/event-store.js';
import { encodeRelation } from '../edge/relation.js';
import type { EventKind } from './naming-reader.js';
import { THING_ROLES, type ThingRole } from './thing-path.js';

export const DERIVED = encodeRelation('wasDerivedFrom');
export const GENERATED = encodeRelation('wasGeneratedBy');
export const USED = encodeRelation('used');
export const ATTRIBUTED = encodeRelation('wasAttributedTo');
export const INVALIDATED = encodeRelation('wasInvalidatedBy');
export const MEMBER = encodeRelation('hadMember');

const ADD = ACTIONS.indexOf('ADD');
const DELETE = ACTIONS.indexOf('DELETE');

const OBJECTS = rolesOf('EPC', 'QUANTITY');
export const INPUT_ROLES = rolesOf('INPUT', 'INPUT_QUANTITY');
export const OUTPUT_ROLES = rolesOf('OUTPUT', 'OUTPUT_QUANTITY');

/** The code of the relation between a thing and an event that names it (DOMAIN 3). */
export function relationOfNaming(type: EventKind, action: number | null, role: number): number {
  if (type === 'TRANSFORMATION' && OUTPUT_ROLES.has(role)) return GENERATED;
  if (type !== 'OBJECT' || !OBJECTS.has(role)) return USED;
  if (action === ADD) return GENERATED;
  return action === DELETE ? INVALIDATED : USED;
}

function rolesOf(...roles: ThingRole[]): ReadonlySet<number> {
  return new Set(roles.map((role) => THING_ROLES.indexOf(role)));
}
