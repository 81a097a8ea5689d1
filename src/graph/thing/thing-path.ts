import type { MentionRole } from '../event/mention-role.js';

/** Where an event names a thing in that role, RFC 6901. Roles of things are the first of all: the position is the code. */
const ROLE_PATHS = [
  ['EPC', '/epcList'],
  ['CHILD', '/childEPCs'],
  ['PARENT', '/parentID'],
  ['INPUT', '/inputEPCList'],
  ['OUTPUT', '/outputEPCList'],
  ['QUANTITY', '/quantityList'],
  ['CHILD_QUANTITY', '/childQuantityList'],
  ['INPUT_QUANTITY', '/inputQuantityList'],
  ['OUTPUT_QUANTITY', '/outputQuantityList'],
] as const satisfies [MentionRole, string][];

export type ThingRole = (typeof ROLE_PATHS)[number][0];

export const THING_ROLES: readonly ThingRole[] = ROLE_PATHS.map(([role]) => role);

/** Codes of the roles up to it are of things; from the second on, of classes and lots. */
export const THING_ROLE_MAX = THING_ROLES.length - 1;
export const CLASS_ROLE_MIN = THING_ROLES.indexOf('QUANTITY');

/** Kept beside the paths of roles: where an event says to whom things go. */
const DESTINATIONS = '/destinationList';
export const DESTINATION_PATH = ROLE_PATHS.length;

/** In the order of codes. The writer makes terms of them, because reading makes none. */
export const THING_PATHS: readonly string[] = [...ROLE_PATHS.map(([, path]) => path), DESTINATIONS];
