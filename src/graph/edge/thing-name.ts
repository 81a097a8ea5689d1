import { fromBase64url, toBase64url, utf8 } from '../../crypto/bytes.js';
import { hmacSha256 } from '../../crypto/digest.js';
import type { LineageAccess } from '../lineage/lineage.js';
import type { ThingKind, ThingSource } from '../lineage/lineage-thing.js';

export interface NamedThing {
  kind: ThingKind;
  name: string;
  isNamed: boolean;
}

const OPAQUE_BYTES = 16;

/** Things as whoever asks may know of them: by their URIs, or by ids that tell nothing but that two are the same. */
export function nameThings(
  things: ThingSource,
  nodes: readonly number[],
  access?: LineageAccess,
): Map<number, NamedThing> {
  const isNamed = access === undefined || access.things === 'OPEN';
  const found = nodes.length === 0 ? [] : things.describe(nodes);
  return new Map(
    found.map(({ node, kind, uri }) => {
      const name = isNamed ? uri : formatOpaque(uri, access.thingKey);
      return [node, { kind, name, isNamed }];
    }),
  );
}

function formatOpaque(uri: string, key: string): string {
  const tag = hmacSha256(fromBase64url(key), utf8(uri)).subarray(0, OPAQUE_BYTES);
  return `urn:provtrail:thing:${toBase64url(tag)}`;
}
