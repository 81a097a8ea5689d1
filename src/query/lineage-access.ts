import { toBase64url, utf8 } from '../crypto/bytes.js';
import { hmacSha256 } from '../crypto/digest.js';
import type { LineageAccess } from '../graph/lineage/lineage.js';
import type { Reader } from './reader.js';

const EVENTS = { class: 'epcis.event' };

/**
 * What this viewer may know of in a walk: the rules, asked once for each class and type there is, so that a walk need not go
 * behind a door one may not open to find that one may not tell of the room.
 *
 * @param asOf a moment asked about: whoever may not read events must not learn their times by asking
 */
export async function accessOf(reader: Reader, asOf?: number): Promise<LineageAccess> {
  const kinds = await reader.ask((read) => read.listKinds());
  const denied = (action: 'lineage.read' | 'content.read') =>
    kinds
      .filter(({ class: recordClass, type }) => !reader.may(action, { class: recordClass, type }))
      .map(({ id }) => id);
  return {
    hidden: denied('lineage.read'),
    undated: denied('content.read'),
    kindMax: kinds.reduce((max, { id }) => Math.max(max, id), 0),
    things: thingsFor(reader, asOf),
    thingKey: toBase64url(hmacSha256(reader.rooms.cursorKey, utf8('provtrail/thing/v1'))),
  };
}

function thingsFor(reader: Reader, asOf?: number): LineageAccess['things'] {
  if (!reader.may('lineage.read', EVENTS)) return 'ABSENT';
  if (reader.may('content.read', EVENTS)) return 'OPEN';
  return asOf === undefined ? 'NAMELESS' : 'ABSENT';
}
