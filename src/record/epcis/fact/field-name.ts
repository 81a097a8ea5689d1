import { namespaceOf, type EventContext } from '../hash/event-context.js';

const SEPARATED = /[/#:?=]$/;
const MASTER_DATA_HASH = 'urn:epcglobal:cbv:mda#';
const MASTER_DATA = 'urn:epcglobal:cbv:mda:';
const MASTER_DATA_HOME =
  /^(?:urn:epcglobal:cbv:mda[:#]|https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/(?:mda[/#:]|MDA-)?)[A-Za-z]+$/;

/**
 * The full name of an extension: its namespace and its local name. Some senders declare `http://ns.example.com/epcis`,
 * which does not end; then `#` stands between them, in a URN `:`. A name whose prefix nobody declared stays as it is.
 */
export function fieldName(name: string, context: EventContext): string {
  const colon = name.indexOf(':');
  if (colon === -1 || name.startsWith('//', colon + 1)) return name;
  const namespace = namespaceOf(name.slice(0, colon), context);
  return namespace === undefined ? wholeName(name) : joinName(namespace, name.slice(colon + 1));
}

/** The full name of what is called so in a namespace. */
export function joinName(namespace: string, local: string): string {
  if (SEPARATED.test(namespace)) return wholeName(namespace + local);
  return `${namespace}${namespace.startsWith('urn:') ? ':' : '#'}${local}`;
}

/** True for an attribute of the CBV's master data, by any of the names it has had; `local` is its own. */
export function isMasterData(name: string, local: string): boolean {
  return name === MASTER_DATA + local || (name.endsWith(local) && isHome(name, local));
}

function isHome(name: string, local: string): boolean {
  return MASTER_DATA_HOME.test(name) && /[/:#-]$/.test(name.slice(0, -local.length));
}

/** EPCIS 1.2 has the names of master data with `#`. */
function wholeName(name: string): string {
  if (!name.startsWith(MASTER_DATA_HASH)) return name;
  return MASTER_DATA + name.slice(MASTER_DATA_HASH.length);
}
