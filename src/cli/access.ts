import type { Role, Viewer } from '../access/viewer.js';
import { issueToken, type TokenPolicy } from '../api/token.js';
import { publicJwk } from '../crypto/signing-key.js';
import type { NodeKeys } from '../crypto/key-file.js';
import type { NodeDescription } from '../data-directory.js';

/** What a node's own tokens are made from and checked with. */
export interface NodeIdentity {
  keys: NodeKeys;
  description: NodeDescription;
}

export interface TokenWish {
  role: Role;
  subject: string;
  scopes: string[];
  ttlSeconds: number;
}

/** A node honours its own tokens only: its log's origin names both who issued one and whom it is for. */
export function tokenPolicyOf({ keys, description }: NodeIdentity): TokenPolicy {
  const { origin } = description;
  return { publicJwk: publicJwk(keys.token), issuer: origin, audience: origin };
}

/** @throws AppError BAD_USER_INPUT for a lifetime outside 1 second to 1 day */
export function formatToken({ keys, description }: NodeIdentity, wish: TokenWish): Promise<string> {
  const { origin, organisation } = description;
  return issueToken({
    key: keys.token,
    issuer: origin,
    audience: origin,
    organisation: organisation.slug,
    ...wish,
  });
}

/** Whoever runs a command on a data directory, seen as the role it asked for. */
export function localViewer({ organisation }: NodeDescription, role: Role): Viewer {
  return { subject: 'command line', organisation: organisation.slug, role, scopes: ['read'] };
}
