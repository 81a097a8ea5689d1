import { describe, expect, it } from '@jest/globals';
import { toBase64url, utf8 } from '../../src/crypto/bytes.js';
import { encodeCanonical, type Canonical } from '../../src/crypto/canonical.js';
import { cidOf } from '../../src/crypto/cid.js';
import { signFlattened } from '../../src/crypto/jws.js';
import {
  authorOf,
  decodeStatement,
  formatStatement,
  statementCid,
  STATEMENT_TYP,
  type SignedStatement,
  type Statement,
} from '../../src/ledger/statement.js';
import { verifyStatement } from '../../src/ledger/verify.js';
import {
  author,
  buildGenesis,
  buildKeyChange,
  buildPut,
  keyOf,
  sign,
  stranger,
} from './build-ledger.js';

const LOG = cidOf(utf8('some log'));
const put = () => buildPut(LOG) as unknown as Record<string, Canonical>;
const keyOfAuthor = (kid: string) => (kid === author.kid ? author.publicJwk : undefined);

/** A statement with any payload, as only an attacker would make it. */
function wrap(payload: string): SignedStatement {
  return { payload: toBase64url(utf8(payload)), protected: '', signature: '' };
}

const decode = (payload: string) => () => decodeStatement(wrap(payload));
const withCode = (code: string) => expect.objectContaining({ code });

describe('statements', () => {
  it('survive being signed and read, each type of them', async () => {
    const all: Statement[] = [
      buildGenesis({ org: { name: 'A', slug: 'a', identifiers: { gln: ['1', '2'], npi: '3' } } }),
      buildKeyChange('key.add', LOG, stranger),
      buildKeyChange('key.revoke', LOG, stranger, { compromisedSince: 7 }),
      buildPut(LOG, { links: [{ rel: 'wasDerivedFrom', statement: LOG }] }),
      buildPut(LOG, { sources: { count: 100_000, root: 'A'.repeat(43), list: LOG } }),
      { ...buildPut(LOG, { ver: 2 }), type: 'record.correct', replaces: LOG } as Statement,
    ];
    for (const statement of all) {
      const signed = await sign(statement);
      expect(decodeStatement(signed)).toEqual(statement);
      expect(authorOf(signed)).toBe(author.kid);
      expect(await verifyStatement(signed, { keyOf: keyOfAuthor })).toEqual(statement);
    }
  });

  it('have an address that covers the signature', async () => {
    const signed = await sign(buildPut(LOG));
    expect(statementCid(signed)).toBe(cidOf(utf8(encodeCanonical({ ...signed }))));
    expect(statementCid({ ...signed, signature: 'A'.repeat(86) })).not.toBe(statementCid(signed));
  });

  it.each([
    ['v', 2],
    ['v', '1'],
    ['type', 'record.delete'],
    ['type', 'grant'],
    ['type', 'consent.set'],
    ['type', '__proto__'],
    ['type', 'constructor'],
    ['log', ''],
    ['log', 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'],
    ['log', LOG.toUpperCase()],
    ['log', LOG.replace('a', '\u0430')],
    ['class', 'fhir.resourc\u0435'],
    ['nonce', '\uff21'.repeat(22)],
    ['iat', -1],
    ['iat', 2 ** 53 - 1],
    ['iat', '0'],
    ['nonce', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['nonce', 'AAAAAAAAAAAAAAAAAAAAAB'],
    ['nonce', 'AAAAAAAAAAAAAAAAAAAAA'],
    ['rid', ''],
    ['ver', 0],
    ['ver', -1],
    ['record', `${LOG}/..`],
    ['size', 0],
    ['cekc', 'AAAA'],
    ['class', 'toString'],
    ['sources', {}],
    ['sources', { count: 0, root: 'A'.repeat(43), list: LOG }],
    ['sources', { count: 100_001, root: 'A'.repeat(43), list: LOG }],
    ['sources', { count: 1, root: 'AAAA', list: LOG }],
    ['sources', { count: 1, root: 'A'.repeat(43), list: 'x' }],
    ['links', {}],
    ['links', [{ rel: 'a', statement: 'b' }]],
    ['links', [{ rel: '../x', statement: LOG }]],
    ['links', [{ rel: 'a', statement: LOG, more: 1 }]],
    ['links', Array.from({ length: 257 }, () => ({ rel: 'a', statement: LOG }))],
  ])('are refused with %s = %j, and the member is named', (name, value) => {
    const forged = encodeCanonical({ ...put(), [name]: value as Canonical });
    expect(decode(forged)).toThrow(
      expect.objectContaining({
        code: 'ENTRY_REFUSED',
        data: expect.objectContaining({ pointer: `/${name}` }),
      }),
    );
  });

  it('are refused when a member is missing or unknown, without repeating its name', () => {
    for (const name of Object.keys(put())) {
      const { [name]: _, ...rest } = put();
      expect(decode(encodeCanonical(rest))).toThrow(withCode('ENTRY_REFUSED'));
    }
    const strange = encodeCanonical({ ...put(), 'Jane Doe': 1 });
    expect(decode(strange)).toThrow(withCode('ENTRY_REFUSED'));
    expect(decode(strange)).not.toThrow(/Jane/);
  });

  it('are refused when they are no object', () => {
    for (const text of ['[]', '"x"', '1', 'true']) {
      expect(decode(text)).toThrow(withCode('ENTRY_REFUSED'));
    }
  });

  it('have one spelling: other orders, spaces, numbers, duplicates and escapes are refused', () => {
    const text = encodeCanonical(put());
    for (const forged of [
      ` ${text}`,
      text.replace(',', ', '),
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1e0'),
      text.replace('"ver":1', '"v":1,"ver":1'),
      text.replace('"class"', '"\\u0063lass"'),
      `\ufeff${text}`,
      text.replace('"size":512', '"size":512.5'),
      text.replace('"size":512', '"size":9007199254740993'),
      text.replace('"size":512', '"size":null'),
    ]) {
      expect(decode(forged)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/NON_CANONICAL|MALFORMED_JSON/) }),
      );
    }
  });

  it('are refused with __proto__ as a member, canonical or not', () => {
    const forged = encodeCanonical(JSON.parse('{"__proto__":{"v":1},"type":"record.put"}'));
    expect(decode(forged)).toThrow(withCode('ENTRY_REFUSED'));
    expect(decode(`{"__proto__":${encodeCanonical(put())}}`)).toThrow(withCode('ENTRY_REFUSED'));
    expect(({} as Record<string, unknown>)['v']).toBeUndefined();
  });

  it('are refused 100,000 levels deep, long before a stack could overflow', () => {
    expect(decode('['.repeat(100_000))).toThrow(withCode('TOO_LARGE'));
    expect(decode('{"a":'.repeat(10_000))).toThrow(withCode('TOO_DEEP'));
    expect(decode('['.repeat(30_000) + ']'.repeat(30_000))).toThrow(withCode('TOO_DEEP'));
  });

  it('are refused with lone surrogates and bytes that are not UTF-8', async () => {
    const forged = encodeCanonical(put()).replace('fhir.resource', '\\ud800');
    expect(decode(forged)).toThrow(withCode('NON_CANONICAL'));
    const payload = toBase64url(Uint8Array.of(0x22, 0xff, 0x22));
    expect(() => decodeStatement({ ...wrap(''), payload })).toThrow(withCode('NON_CANONICAL'));
    const genesis = buildGenesis({ org: { name: '\ud800', slug: 'a', identifiers: {} } });
    await expect(sign(genesis)).rejects.toMatchObject({ code: 'NON_CANONICAL' });
  });

  it('are not signed when no log would take them', async () => {
    for (const forged of [{ ver: 0 }, { class: 'x' as never }, { log: '' }, { iat: 0.5 }]) {
      await expect(sign(buildPut(LOG, forged))).rejects.toMatchObject({
        code: expect.stringMatching(/ENTRY_REFUSED|NON_CANONICAL/),
      });
    }
    const identifiers = Object.fromEntries(
      Array.from({ length: 600 }, (_, i) => [`a${i}`, 'x'.repeat(100)]),
    );
    const huge = buildGenesis({ org: { name: 'A', slug: 'a', identifiers } });
    await expect(sign(huge)).rejects.toMatchObject({ code: 'ENTRY_TOO_LARGE' });
  });

  it('are refused when a genesis names a key that is none', () => {
    for (const x of ['A'.repeat(43), 'AQ' + 'A'.repeat(41), 'AAAA']) {
      const jwk = { kty: 'OKP', crv: 'Ed25519', x };
      const forged = { ...buildGenesis(), logKey: jwk } as unknown as Canonical;
      expect(decode(encodeCanonical(forged))).toThrow(withCode('ENTRY_REFUSED'));
    }
  });
});

describe('who signed a statement', () => {
  it('is read from one possible header only', async () => {
    const signed = await sign(buildPut(LOG));
    const header = (text: string) => ({ ...signed, protected: toBase64url(utf8(text)) });
    const right = `{"alg":"Ed25519","kid":"${author.kid}","typ":"${STATEMENT_TYP}"}`;
    expect(authorOf(header(right))).toBe(author.kid);
    for (const forged of [
      right.replace('Ed25519', 'none'),
      right.replace('Ed25519', 'EdDSA'),
      right.replace('Ed25519', 'HS256'),
      right.replace(STATEMENT_TYP, 'JWT'),
      right.replace('{', '{"crit":["b64"],'),
      right.replace(',', ', '),
      right.replace(author.kid, '../../../etc/passwd'),
      right.replace(author.kid, '__proto__'),
      right.replace(author.kid, 'x'.repeat(1 << 20)),
    ]) {
      expect(() => authorOf(header(forged))).toThrow(withCode('SIGNATURE_REFUSED'));
    }
  });

  it('is not believed without the signature', async () => {
    const signed = await sign(buildPut(LOG));
    const other = await sign(buildPut(LOG));
    const token = await signFlattened('{"sub":"x"}', 'at+jwt', author);
    for (const forged of [
      { ...signed, signature: other.signature },
      { ...signed, payload: other.payload },
      await formatStatement(buildPut(LOG), stranger),
      await formatStatement(buildPut(LOG), keyOf('revoked')),
      token,
    ]) {
      await expect(verifyStatement(forged, { keyOf: keyOfAuthor })).rejects.toMatchObject({
        code: 'SIGNATURE_REFUSED',
      });
    }
  });
});
