import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { issueToken, TokenReader, verifySession, verifyToken } from '../../../src/api/token.js';
import { generateSigningKey, publicJwk, thumbprint } from '../../../src/crypto/signing-key.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const key = generateSigningKey();
const policy = {
  publicJwk: publicJwk(key),
  issuer: 'https://node.example',
  audience: 'provtrail',
  now: () => NOW,
};
const request = {
  key,
  issuer: policy.issuer,
  audience: policy.audience,
  subject: 'dr-1',
  organisation: 'hospital-a',
  role: 'clinician' as const,
  scopes: ['read', 'write'],
  ttlSeconds: 600,
  now: () => NOW,
};

interface Forgery {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

const CLAIMS = {
  iss: policy.issuer,
  aud: policy.audience,
  sub: 'dr-1',
  client_id: 'dr-1',
  organisation: 'hospital-a',
  role: 'clinician',
  scope: 'read',
  jti: 'j',
  iat: NOW / 1000,
  exp: NOW / 1000 + 60,
};

function forge({ header = {}, claims = {} }: Forgery): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'Ed25519', kid: thumbprint(key), typ: 'at+jwt', ...header })
    .sign(key);
}

function withHeader(header: object, signature: (input: string) => string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part(CLAIMS)}`;
  return `${input}.${signature(input)}`;
}

async function expectRefusal(text: string, reason: RegExp): Promise<void> {
  const refused = verifyToken(text, policy).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(await refused).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(((await refused) as Error).message).toMatch(reason);
}

describe('the access token', () => {
  it('gives back the viewer it was issued for, and when it ends', async () => {
    const text = await issueToken({ ...request, purpose: 'TREAT' });
    const { viewer, expiresAt } = await verifySession(text, policy);
    expect(viewer).toEqual({
      subject: 'dr-1',
      organisation: 'hospital-a',
      role: 'clinician',
      scopes: ['read', 'write'],
      purpose: 'TREAT',
    });
    expect(expiresAt).toBe(NOW + 600_000);
  });

  it('carries the header and the claims RFC 9068 asks for', async () => {
    const [header = '', payload = ''] = (await issueToken(request)).split('.');
    const decode = (part: string) =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    expect(decode(header)).toEqual({ alg: 'Ed25519', kid: thumbprint(key), typ: 'at+jwt' });
    expect(Object.keys(decode(payload))).toEqual(
      expect.arrayContaining(['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti', 'scope']),
    );
  });

  it('is not issued for longer than a day, nor for no time', async () => {
    for (const ttlSeconds of [0, -1, 1.5, 86_401, NaN]) {
      const issued = issueToken({ ...request, ttlSeconds });
      await expect(issued).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it('is refused when it has expired', async () => {
    const late = { ...policy, now: () => NOW + 606_000 };
    const verified = verifyToken(await issueToken(request), late);
    await expect(verified).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is remembered, but not beyond its end, nor a day, and nothing else in its place', async () => {
    let now = NOW;
    const reader = new TokenReader({ ...policy, now: () => now });
    const text = await issueToken(request);
    const first = await reader.read(text);
    now += 599_000;
    expect(await reader.read(text)).toBe(first);
    const forged = `${text.slice(0, -10)}AAAAAAAAAA`;
    await expect(reader.read(forged)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    now += 7_000;
    await expect(reader.read(text)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const iat = NOW / 1000 - 86_000;
    const old = await forge({ claims: { iat, exp: NOW / 1000 + 86_400 } });
    now = NOW;
    expect((await reader.read(old)).expiresAt).toBe((iat + 86_400) * 1000);
    now += 406_000;
    await expect(reader.read(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is refused a day after it was issued, whatever its end', async () => {
    const iat = NOW / 1000 - 86_410;
    await expectRefusal(await forge({ claims: { iat } }), /expired or is older/);
  });

  it('is refused before its time', async () => {
    const later = NOW / 1000 + 30;
    await expectRefusal(await forge({ claims: { iat: later } }), /not valid yet/);
    await expectRefusal(await forge({ claims: { nbf: later } }), /not valid yet/);
  });

  it('is refused when it was meant for another audience or comes from another issuer', async () => {
    await expectRefusal(await forge({ claims: { aud: 'other' } }), /another audience/);
    await expectRefusal(await forge({ claims: { iss: 'https://other' } }), /another issuer/);
  });

  it('is refused under another typ: a statement, a plain JWT, an id token', async () => {
    for (const typ of ['provtrail-statement+jws', 'JWT', 'application/at+jwt', 'AT+JWT']) {
      await expectRefusal(await forge({ header: { typ } }), /header/);
    }
  });

  it('is refused under another algorithm: none, EdDSA, HS256 with the public key as secret', async () => {
    const header = (alg: string) => ({ alg, kid: thumbprint(key), typ: 'at+jwt' });
    const secret = Buffer.from(key.x, 'base64url');
    const mac = (input: string) => createHmac('sha256', secret).update(input).digest('base64url');
    await expectRefusal(
      withHeader(header('none'), () => ''),
      /not a JWT/,
    );
    await expectRefusal(
      withHeader(header('none'), () => 'AA'),
      /header/,
    );
    await expectRefusal(withHeader(header('HS256'), mac), /header/);
    await expectRefusal(await forge({ header: { alg: 'EdDSA' } }), /header/);
  });

  it('is refused with key references, critical members or foreign kids in its header', async () => {
    const evil = generateSigningKey();
    const headers = [
      { jwk: publicJwk(evil) },
      { jku: 'https://evil.example/jwks' },
      { x5u: 'https://evil.example/x5u' },
      { kid: '../../etc/passwd' },
      { b64: true, crit: ['b64'] },
    ];
    for (const header of headers) await expectRefusal(await forge({ header }), /header/);
  });

  it('is refused when its bytes were changed or spelt another way', async () => {
    const text = await issueToken(request);
    const [header = '', payload = '', signature = ''] = text.split('.');
    const flipped = payload.replace(/^./, (c) => (c === 'e' ? 'f' : 'e'));
    await expectRefusal(`${header}.${flipped}.${signature}`, /signature|JWT/);
    await expectRefusal(`${text}=`, /not a JWT/);
    await expectRefusal(`${header}.${payload}`, /not a JWT/);
    await expectRefusal(`${text}.${signature}`, /not a JWT/);
    await expectRefusal('x'.repeat(1_000_000), /too long/);
  });

  it('is refused when a claim is missing or of another kind', async () => {
    for (const claim of [
      'sub',
      'exp',
      'iat',
      'jti',
      'client_id',
      'organisation',
      'role',
      'scope',
    ]) {
      await expectRefusal(await forge({ claims: { [claim]: undefined } }), /missing|not/);
    }
    for (const role of ['anonymous', 'admin', '__proto__', 7]) {
      await expectRefusal(await forge({ claims: { role } }), /role/);
    }
    await expectRefusal(await forge({ claims: { scope: ['read'] } }), /scope/);
    await expectRefusal(await forge({ claims: { sub: '' } }), /subject/);
  });

  it('is refused when another key signed it', async () => {
    const text = await issueToken({ ...request, key: generateSigningKey() });
    await expectRefusal(text, /header/);
    const underOurName = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'Ed25519', kid: thumbprint(key), typ: 'at+jwt' })
      .sign(generateSigningKey());
    await expectRefusal(underOurName, /signature/);
  });
});
