import type { Warning } from './draft.js';
import { isObject, stringAt, type JsonObject } from './json-object.js';
import { readJson } from './json-text.js';
import { unwrapResource } from './fhir/wrapper.js';

/** What a record's source says of this version of it: FHIR's `meta`. */
export interface Edition {
  versionId?: string;
  /** RFC 3339. */
  lastUpdated?: string;
}

/** Undefined when the source says nothing of it. */
export function editionOf({ meta }: JsonObject): Edition | undefined {
  if (!isObject(meta)) return undefined;
  const versionId = stringAt(meta, 'versionId');
  const lastUpdated = stringAt(meta, 'lastUpdated');
  if (versionId === undefined && lastUpdated === undefined) return undefined;
  return { versionId, lastUpdated };
}

/** That of a sealed text. */
export function readEdition(text: string): Edition | undefined {
  if (!text.includes('"meta"')) return undefined;
  const { value } = readJson(text);
  return isObject(value) ? editionOf(unwrapResource(value).resource) : undefined;
}

/**
 * What is odd about a version with another content than the one before it: its source gave both the same version id,
 * or says that it is the older one.
 *
 * @param pointer of the record in its document
 */
export function warnOfContradiction(
  former: Edition | undefined,
  next: Edition | undefined,
  pointer: string,
): Warning | undefined {
  if (!former || !next) return undefined;
  const code = 'CONTRADICTORY_VERSION';
  if (next.versionId !== undefined && next.versionId === former.versionId) {
    const message = 'another content has been captured under the same version id';
    return { pointer: `${pointer}/meta/versionId`, code, message };
  }
  if (!isBefore(next.lastUpdated, former.lastUpdated)) return undefined;
  const message = 'a version that was updated later has been captured already';
  return { pointer: `${pointer}/meta/lastUpdated`, code, message };
}

function isBefore(time = '', other = ''): boolean {
  // not a number is before nothing
  return Date.parse(time) < Date.parse(other);
}
