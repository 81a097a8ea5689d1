import { errors, jwtVerify, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { isRole, type Role, type Viewer } from '../access/viewer.js';
import type { PrivateJwk, PublicJwk } from '../crypto/signing-key.js';
import { LruMap } from '../crypto/lru.js';
import { thumbprint } from '../crypto/signing-key.js';
import { AppError } from '../error.js';

const ALGORITHM = 'Ed25519';
const TYPE = 'at+jwt';
/** No token is honoured longer than this after it was issued, whatever its `exp` says. */
export const TOKEN_AGE_MAX_SECONDS = 86_400;
const TOKEN_LENGTH_MAX = 8_192;
const TOKENS_KNOWN_MAX = 1_000;
const CLOCK_TOLERANCE_SECONDS = 5;
const REQUIRED_CLAIMS = ['sub', 'exp', 'iat', 'jti', 'client_id', 'organisation', 'role', 'scope'];

/** What a new token says. Times are seconds, as everywhere in JWT. */
export interface TokenRequest {
  key: PrivateJwk;
  issuer: string;
  audience: string;
  subject: string;
  organisation: string;
  role: Role;
  scopes: string[];
  ttlSeconds: number;
  purpose?: string;
  now?: () => number;
}

/** Whose tokens are honoured, and for whom they must be meant. */
export interface TokenPolicy {
  publicJwk: PublicJwk;
  issuer: string;
  audience: string;
  now?: () => number;
}

/** A caller and the moment (ms) from which the token no longer speaks for it. */
export interface Session {
  viewer: Viewer;
  expiresAt: number;
}

/** Signs an RFC 9068 access token (`at+jwt`, Ed25519). BAD_USER_INPUT for a lifetime outside 1 s to 1 day. */
export async function issueToken(request: TokenRequest): Promise<string> {
  const { key, ttlSeconds, now = Date.now } = request;
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > TOKEN_AGE_MAX_SECONDS)
    throw new AppError('BAD_USER_INPUT', 'a token lives between 1 second and 1 day');
  const iat = Math.floor(now() / 1000);
  return new SignJWT({
    client_id: request.subject,
    organisation: request.organisation,
    role: request.role,
    scope: request.scopes.join(' '),
    ...(request.purpose === undefined ? {} : { purpose: request.purpose }),
  })
    .setProtectedHeader({ alg: ALGORITHM, kid: thumbprint(key), typ: TYPE })
    .setIssuer(request.issuer)
    .setAudience(request.audience)
    .setSubject(request.subject)
    .setJti(randomUUID())
    .setIssuedAt(iat)
    .setExpirationTime(iat + ttlSeconds)
    .sign(key);
}

/** The viewer a token speaks for. UNAUTHENTICATED for anything else than a good token. */
export async function verifyToken(text: string, policy: TokenPolicy): Promise<Viewer> {
  return (await verifySession(text, policy)).viewer;
}

/** As verifyToken, with the moment the token ends: a stream must not outlive the right to read it. */
export async function verifySession(text: string, policy: TokenPolicy): Promise<Session> {
  checkShape(text, policy.publicJwk);
  try {
    const { payload } = await jwtVerify(text, policy.publicJwk, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: policy.issuer,
      audience: policy.audience,
      requiredClaims: REQUIRED_CLAIMS,
      maxTokenAge: TOKEN_AGE_MAX_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date((policy.now ?? Date.now)()),
    });
    return readClaims(payload);
  } catch (error) {
    throw error instanceof AppError ? error : refuse(reasonOf(error));
  }
}

/** Verifies each token once: nothing can end a good one before its time, so until then it is remembered. */
export class TokenReader {
  private readonly known = new LruMap<string, Session>(TOKENS_KNOWN_MAX);

  constructor(private readonly policy: TokenPolicy) {}

  /** @throws AppError UNAUTHENTICATED */
  async read(text: string): Promise<Session> {
    const known = this.known.get(text);
    const { now = Date.now } = this.policy;
    if (known !== undefined && now() < known.expiresAt) return known;
    const session = await verifySession(text, this.policy);
    this.known.set(text, session);
    return session;
  }
}

/**
 * Our own tokens have exactly one header, so it is compared, not parsed: this refuses every other
 * algorithm, type, key reference (`jwk`, `jku`, `x5u`) and `crit` before a library reads any of it.
 */
function checkShape(text: string, publicJwk: PublicJwk): void {
  if (text.length > TOKEN_LENGTH_MAX) throw refuse('it is too long');
  const parts = text.split('.');
  if (parts.length !== 3 || !parts.every(isCanonicalBase64url)) throw refuse('it is not a JWT');
  const header = { alg: ALGORITHM, kid: thumbprint(publicJwk), typ: TYPE };
  const expected = Buffer.from(JSON.stringify(header)).toString('base64url');
  if (parts[0] !== expected)
    throw refuse('its header is not that of an access token of this issuer');
}

function isCanonicalBase64url(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text;
}

function readClaims(claims: Record<string, unknown>): Session {
  const { sub, organisation, role, scope, purpose, exp, iat } = claims;
  if (typeof sub !== 'string' || sub === '') throw refuse('its subject is not a name');
  if (typeof organisation !== 'string') throw refuse('its organisation is not a name');
  if (!isRole(role)) throw refuse('its role is not known here');
  if (typeof scope !== 'string') throw refuse('its scope is not a list of words');
  if (purpose !== undefined && typeof purpose !== 'string') throw refuse('its purpose is no code');
  const scopes = scope.split(' ').filter((word) => word !== '');
  const viewer: Viewer = { subject: sub, organisation, role, scopes };
  if (purpose !== undefined) viewer.purpose = purpose;
  const endsAt = Math.min(Number(exp), Number(iat) + TOKEN_AGE_MAX_SECONDS);
  return { viewer, expiresAt: endsAt * 1000 };
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired or is older than a day';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'its signature does not hold';
  if (error.claim === 'aud') return 'it is meant for another audience';
  if (error.claim === 'iss') return 'it comes from another issuer';
  if (error.claim === 'nbf' || error.claim === 'iat') return 'it is not valid yet';
  return `its claim ${error.claim} is missing or wrong`;
}

function refuse(reason: string): AppError {
  return new AppError('UNAUTHENTICATED', `the access token is refused: ${reason}`);
}
