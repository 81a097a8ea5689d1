import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { FlattenedSign, flattenedVerify, importJWK } from 'jose';
import { toBase64url, utf8 } from '../../src/crypto/bytes.js';
import { signFlattened, verifyFlattened, type FlattenedJws } from '../../src/crypto/jws.js';
import { generateSigningKey, signerFromJwk, type PublicJwk } from '../../src/crypto/signing-key.js';
import fc from '../support/fast-check.js';

const TYP = 'provtrail-statement+jws';
const key = generateSigningKey((count) => new Uint8Array(count).fill(7));
const signer = signerFromJwk(key);
const keys = new Map<string, PublicJwk>([[signer.kid, signer.publicJwk]]);
const keyOf = (kid: string) => keys.get(kid);
const verify = (jws: unknown, typ = TYP) => verifyFlattened(jws, { typ, keyOf });
const refused = expect.objectContaining({ code: 'SIGNATURE_REFUSED' });

const header = (members: object) => toBase64url(utf8(JSON.stringify(members)));
const standard = { alg: 'Ed25519', kid: signer.kid, typ: TYP };

/** A JWS whose signature is good for exactly the header text given, whatever it says. */
async function signedUnder(headerText: string, payloadText = '{"v":1}'): Promise<FlattenedJws> {
  const protectedHeader = toBase64url(utf8(headerText));
  const payload = toBase64url(utf8(payloadText));
  const signature = await signer.sign(utf8(`${protectedHeader}.${payload}`));
  return { payload, protected: protectedHeader, signature: toBase64url(signature) };
}

describe('flattened JWS', () => {
  it('returns the text that was signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (text) => {
        expect(await verify(await signFlattened(text, TYP, signer))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('is verified by jose', async () => {
    const jws = await signFlattened('{"v":1}', TYP, signer);
    const { payload, protectedHeader } = await flattenedVerify(
      jws,
      await importJWK({ ...signer.publicJwk }, 'Ed25519'),
      { algorithms: ['Ed25519'] },
    );
    expect(new TextDecoder().decode(payload)).toBe('{"v":1}');
    expect(protectedHeader).toEqual(standard);
  });

  it('verifies what jose signs under the same header, byte for byte the same', async () => {
    const jws = await new FlattenedSign(utf8('{"v":1}'))
      .setProtectedHeader(standard)
      .sign(await importJWK({ ...key }, 'Ed25519'));
    expect(await verify(jws)).toBe('{"v":1}');
    expect(jws).toEqual(await signFlattened('{"v":1}', TYP, signer));
  });

  it('refuses a changed payload, header or signature', async () => {
    const jws = await signFlattened('{"v":1}', TYP, signer);
    const other = await signFlattened('{"v":2}', TYP, signer);
    await expect(verify({ ...jws, payload: other.payload })).rejects.toEqual(refused);
    await expect(verify({ ...jws, signature: other.signature })).rejects.toEqual(refused);
    await expect(
      verify({ ...jws, protected: header({ ...standard, typ: 'at+jwt' }) }),
    ).rejects.toEqual(refused);
  });

  it('refuses a signature by another key under a known kid', async () => {
    const thief = signerFromJwk(generateSigningKey());
    const jws = await signFlattened('{"v":1}', TYP, { ...thief, kid: signer.kid });
    await expect(verify(jws)).rejects.toEqual(refused);
  });

  it('refuses a kid that is not in force', async () => {
    const stranger = signerFromJwk(generateSigningKey());
    await expect(verify(await signFlattened('{}', TYP, stranger))).rejects.toEqual(refused);
  });
});

describe('flattened JWS from an attacker', () => {
  it.each<[string, string]>([
    ['alg none', JSON.stringify({ ...standard, alg: 'none' })],
    ['EdDSA where Ed25519 is meant', JSON.stringify({ ...standard, alg: 'EdDSA' })],
    ['no alg at all', JSON.stringify({ kid: signer.kid, typ: TYP })],
    ['an unknown header member', JSON.stringify({ ...standard, x: 1 })],
    [
      'a duplicate header member',
      `{"alg":"none","alg":"Ed25519","kid":"${signer.kid}","typ":"${TYP}"}`,
    ],
    ['crit', `{"alg":"Ed25519","crit":["exp"],"kid":"${signer.kid}","typ":"${TYP}"}`],
    [
      'b64 false',
      `{"alg":"Ed25519","b64":false,"crit":["b64"],"kid":"${signer.kid}","typ":"${TYP}"}`,
    ],
    ['an embedded jwk', JSON.stringify({ ...standard, jwk: signer.publicJwk })],
    ['a jku', JSON.stringify({ ...standard, jku: 'https://keys.example/jwks.json' })],
    ['an x5u', JSON.stringify({ ...standard, x5u: 'https://keys.example/chain.pem' })],
    ['zip', JSON.stringify({ ...standard, zip: 'DEF' })],
    ['members in another order', `{"kid":"${signer.kid}","alg":"Ed25519","typ":"${TYP}"}`],
    ['spaces in the header', JSON.stringify(standard, null, 1)],
    ['an escaped spelling of alg', JSON.stringify(standard).replace('Ed25519', '\\u0045d25519')],
    ['a byte order mark', '\uFEFF' + JSON.stringify(standard)],
    ['text behind the header', JSON.stringify(standard) + ' '],
    ['a header that is a list', `[${JSON.stringify(standard)}]`],
    ['a token typ', JSON.stringify({ ...standard, typ: 'at+jwt' })],
    ['a typ in other case', JSON.stringify({ ...standard, typ: TYP.toUpperCase() })],
    ['no typ', JSON.stringify({ alg: 'Ed25519', kid: signer.kid })],
    ['a kid with a path', JSON.stringify({ ...standard, kid: '../../../../etc/passwd' })],
    ['a kid with SQL', JSON.stringify({ ...standard, kid: "' OR 1=1 --" })],
    ['a kid __proto__', JSON.stringify({ ...standard, kid: '__proto__' })],
    ['a kid of a megabyte', JSON.stringify({ ...standard, kid: 'A'.repeat(1 << 20) })],
    ['a kid that is a number', JSON.stringify({ ...standard, kid: 1 })],
  ])('is refused with %s, although the signature is good', async (_, text) => {
    const asked: string[] = [];
    const attempt = verifyFlattened(await signedUnder(text), {
      typ: TYP,
      keyOf: (kid) => {
        asked.push(kid);
        return signer.publicJwk;
      },
    });
    await expect(attempt).rejects.toEqual(refused);
    expect(asked).toEqual([]);
  });

  it('is refused with HS256 keyed by the public key', async () => {
    const encoded = header({ ...standard, alg: 'HS256' });
    const payload = toBase64url(utf8('{"v":1}'));
    const mac = createHmac('sha256', Buffer.from(key.x, 'base64url'));
    const signature = mac.update(`${encoded}.${payload}`).digest('base64url');
    await expect(verify({ payload, protected: encoded, signature })).rejects.toEqual(refused);
  });

  it('is refused with alg only in the unprotected header', async () => {
    const jws = await signedUnder(JSON.stringify({ kid: signer.kid, typ: TYP }));
    await expect(verify({ ...jws, header: { alg: 'Ed25519' } })).rejects.toEqual(refused);
    const { protected: _, ...bare } = jws;
    await expect(verify({ ...bare, header: standard })).rejects.toEqual(refused);
  });

  it('is refused with an unprotected header beside a good one', async () => {
    const jws = await signFlattened('{}', TYP, signer);
    await expect(verify({ ...jws, header: {} })).rejects.toEqual(refused);
  });

  it('is refused in General serialisation: 64 signatures of which the first is good', async () => {
    const { payload, ...first } = await signFlattened('{}', TYP, signer);
    const signatures = Array.from({ length: 64 }, (_, i) =>
      i === 0 ? first : { ...first, signature: 'A' },
    );
    await expect(verify({ payload, signatures })).rejects.toEqual(refused);
    await expect(verify({ payload, ...first, signatures })).rejects.toEqual(refused);
  });

  it('is refused in compact serialisation', async () => {
    const jws = await signFlattened('{}', TYP, signer);
    await expect(verify(`${jws.protected}.${jws.payload}.${jws.signature}`)).rejects.toEqual(
      refused,
    );
  });

  it('is refused when a token is replayed as a statement and a statement as a grant', async () => {
    const token = await signFlattened('{"sub":"a"}', 'at+jwt', signer);
    await expect(verify(token)).rejects.toEqual(refused);
    const statement = await signFlattened('{}', TYP, signer);
    await expect(verify(statement, 'provtrail-grant+jws')).rejects.toEqual(refused);
  });

  it.each(['=', '==', ' ', '\n', '\0', '.'])(
    'is refused with %j behind any member',
    async (tail) => {
      const jws = await signFlattened('{"v":1}', TYP, signer);
      for (const member of ['payload', 'protected', 'signature'] as const) {
        await expect(verify({ ...jws, [member]: jws[member] + tail })).rejects.toEqual(refused);
      }
    },
  );

  it('is refused with stray bits in the last character, even where they were signed', async () => {
    const jws = await signFlattened('{"v":1}', TYP, signer);
    const sloppy = jws.payload.slice(0, -1) + String.fromCharCode(jws.payload.charCodeAt(9) + 1);
    expect(Buffer.from(sloppy, 'base64url').toString()).toBe('{"v":1}');
    const signature = toBase64url(await signer.sign(utf8(`${jws.protected}.${sloppy}`)));
    await expect(verify({ ...jws, payload: sloppy, signature })).rejects.toEqual(refused);
  });

  it('is refused with a shortened or lengthened signature', async () => {
    const jws = await signFlattened('{}', TYP, signer);
    for (const size of [0, 32, 63, 65, 128]) {
      const signature = toBase64url(new Uint8Array(size).fill(1));
      await expect(verify({ ...jws, signature })).rejects.toEqual(refused);
    }
  });

  it('is refused before decoding when the payload is larger than an entry', async () => {
    const jws = await signFlattened('{}', TYP, signer);
    await expect(verify({ ...jws, payload: 'A'.repeat(1 << 24) })).rejects.toEqual(
      expect.objectContaining({ code: 'SIGNATURE_REFUSED', data: { limit: 65_535 } }),
    );
  });

  it('is refused with a payload that is not UTF-8', async () => {
    const jws = await signFlattened('{}', TYP, signer);
    const payload = toBase64url(Uint8Array.of(0xff));
    const signature = toBase64url(await signer.sign(utf8(`${jws.protected}.${payload}`)));
    await expect(verify({ ...jws, payload, signature })).rejects.toEqual(refused);
  });

  it.each([undefined, null, 1, 'x', [], {}, { payload: 1, protected: 'a', signature: 'b' }])(
    'is refused when it is %j',
    async (value) => {
      await expect(verify(value)).rejects.toEqual(refused);
    },
  );
});
