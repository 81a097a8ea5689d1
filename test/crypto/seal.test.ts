import { createDecipheriv } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { FlattenedEncrypt, flattenedDecrypt } from 'jose';
import { fromBase64url, toBase64url, toHex, utf8 } from '../../src/crypto/bytes.js';
import { encodeCanonical } from '../../src/crypto/canonical.js';
import { cidOf } from '../../src/crypto/cid.js';
import { systemRandomBytes as randomBytes } from '../../src/crypto/random.js';
import { deriveContentKey, type ScopeKey } from '../../src/crypto/scope.js';
import {
  mediaTypeOf,
  openRecord,
  padme,
  RECORD_SIZE_MAX_BYTES,
  sealRecord,
  type RecordBlock,
} from '../../src/crypto/seal.js';
import { forgeForTwoKeys } from './salamander.js';
import fc from '../support/fast-check.js';

const log = cidOf(utf8('genesis'));
const scope: ScopeKey = { id: randomBytes(16), epoch: 1, kek: randomBytes(32) };
const otherScope: ScopeKey = { id: randomBytes(16), epoch: 1, kek: randomBytes(32) };
const rid = toBase64url(randomBytes(16));
const version = { log, rid, ver: 1 };
const mediaType = 'application/fhir+json';
const code = (name: string) => expect.objectContaining({ code: name });
const refused = code('SEAL_REFUSED');

const seal = (plaintext: string, at = version, under = scope) =>
  sealRecord({ plaintext, mediaType, ...at, scope: under, randomBytes });
const open = (block: unknown, commitment: string, at = version, under = scope) =>
  openRecord({ block: block as RecordBlock, commitment, ...at, scope: under });

const text = '{"resourceType":"Claim","total":{"value":1.10}}';
const sealed = seal(text);
const { cek, kid } = deriveContentKey(scope, log, rid, 1);
const joseLimits = {
  keyManagementAlgorithms: ['dir'],
  contentEncryptionAlgorithms: ['A256GCM'],
  maxDecompressedLength: 0,
};

/** A block under the right key whose header says whatever an attacker likes: the tag is good. */
function sealedUnder(headerText: string, aadText?: string): Promise<RecordBlock> {
  return forge(toBase64url(utf8(headerText)), aadText);
}

async function forge(header: string, aadText?: string): Promise<RecordBlock> {
  const aad = aadText === undefined ? sealed.block.aad : toBase64url(utf8(aadText));
  const iv = randomBytes(12);
  const key = await crypto.subtle.importKey('raw', new Uint8Array(cek), 'AES-GCM', false, [
    'encrypt',
  ]);
  const output = new Uint8Array(
    await crypto.subtle.encrypt(
      {
        name: 'AES-GCM',
        iv: new Uint8Array(iv),
        additionalData: new Uint8Array(utf8(`${header}.${aad}`)),
      },
      key,
      new Uint8Array(utf8(text.padEnd(512))),
    ),
  );
  return {
    protected: header,
    aad,
    iv: toBase64url(iv),
    ciphertext: toBase64url(output.subarray(0, -16)),
    tag: toBase64url(output.subarray(-16)),
  };
}

const standard = { alg: 'dir', cty: mediaType, enc: 'A256GCM', kid, typ: 'provtrail-record+jwe' };

describe('a sealed record', () => {
  it('opens to the text that was sealed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 3000 }).filter((value) => !value.endsWith(' ')),
        fc.integer({ min: 1, max: 9 }),
        (plaintext, ver) => {
          const at = { ...version, ver };
          const { block, commitment, sizeBytes } = seal(plaintext, at);
          expect(open(block, commitment, at)).toBe(plaintext);
          expect(sizeBytes).toBe(padme(utf8(plaintext).length));
          expect(fromBase64url(block.ciphertext).length).toBe(sizeBytes);
        },
      ),
    );
  });

  it('keeps the spelling of numbers', () => {
    expect(open(sealed.block, sealed.commitment)).toContain('1.10');
  });

  it('is opened by jose with the content key alone', async () => {
    const { plaintext, protectedHeader, additionalAuthenticatedData } = await flattenedDecrypt(
      sealed.block,
      cek,
      joseLimits,
    );
    expect(new TextDecoder().decode(plaintext).trimEnd()).toBe(text);
    expect(protectedHeader).toEqual(standard);
    expect(JSON.parse(new TextDecoder().decode(additionalAuthenticatedData))).toEqual({
      ...version,
      v: 1,
    });
  });

  it('is what jose seals from the same parts, byte for byte', async () => {
    const jwe = await new FlattenedEncrypt(utf8(text.padEnd(512)))
      .setProtectedHeader(standard)
      .setAdditionalAuthenticatedData(utf8(encodeCanonical({ ...version, v: 1 })))
      .setInitializationVector(fromBase64url(sealed.block.iv))
      .encrypt(cek);
    expect(jwe).toEqual(sealed.block);
    expect(open(jwe, sealed.commitment)).toBe(text);
  });

  it('has header and additional data in canonical JSON', () => {
    const decode = (part: string) => new TextDecoder().decode(fromBase64url(part));
    expect(decode(sealed.block.protected)).toBe(encodeCanonical(standard));
    expect(decode(sealed.block.aad)).toBe(encodeCanonical({ ...version, v: 1 }));
  });

  // computed apart from this code, with Python's hmac and cryptography
  it('has the bytes of format 1: key, commitment and block, frozen', () => {
    const fixed: ScopeKey = {
      id: new Uint8Array(16),
      epoch: 1,
      kek: Uint8Array.from({ length: 32 }, (_, i) => i),
    };
    const at = { log, rid: 'AAECAwQFBgcICQoLDA0ODw', ver: 2 };
    const { block, commitment, sizeBytes } = sealRecord({
      ...{
        plaintext: text,
        mediaType,
        ...at,
        scope: fixed,
        randomBytes: (size) => new Uint8Array(size).fill(9),
      },
    });
    const key = deriveContentKey(fixed, at.log, at.rid, at.ver);
    expect({ cek: toHex(key.cek), kid: key.kid, commitment, sizeBytes, tag: block.tag }).toEqual({
      cek: '45939a71ab354ba5d4d467d183b162b2351251d196e903a90331ee1738bee71d',
      kid: '_itzAkLq5RUAhlvwQ49BEQ',
      commitment: '_itzAkLq5RUAhlvwQ49BEXIjlJCAhPV86czYvN0y3IQ',
      sizeBytes: 512,
      tag: 'sL3vuFLpVSOwhDu3e-5hpQ',
    });
    expect(cidOf(utf8(encodeCanonical(block)))).toBe(
      'bagaaieraipra5vwumss2jiauzzi2vh76otfx4mn3raslrhnxlrqurx2mshzq',
    );
  });

  it('never repeats an iv or a ciphertext when a seal is tried again', () => {
    const again = Array.from({ length: 100 }, () => seal(text).block);
    expect(new Set(again.map(({ iv }) => iv)).size).toBe(100);
    expect(new Set(again.map(({ ciphertext }) => ciphertext)).size).toBe(100);
  });

  it('names its media type', () => {
    expect(mediaTypeOf(sealed.block)).toBe(mediaType);
    const event = sealRecord({
      ...{ plaintext: '{}', mediaType: 'application/ld+json', ...version, scope, randomBytes },
    });
    expect(mediaTypeOf(event.block)).toBe('application/ld+json');
    expect(open(event.block, event.commitment)).toBe('{}');
    expect(() => mediaTypeOf({ ...sealed.block, protected: 'e30' })).toThrow(refused);
  });

  it('shows nothing of its content, its size or its scope', () => {
    const { block } = seal('{"name":"canary"}');
    const all = Object.values(block).map((part) =>
      Buffer.from(part, 'base64url').toString('latin1'),
    );
    expect(all.join()).not.toContain('canary');
    expect(all.join()).not.toContain(Buffer.from(scope.id).toString('latin1'));
    expect(block.ciphertext.length).toBe(seal('{}').block.ciphertext.length);
  });
});

describe('sealing', () => {
  it('takes a record of exactly 1 MiB and refuses one byte more, naming the limit', () => {
    const largest = `"${'a'.repeat(RECORD_SIZE_MAX_BYTES - 2)}"`;
    const { block, commitment } = seal(largest);
    expect(open(block, commitment)).toBe(largest);
    expect(() => seal(largest + ' ')).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE', data: { limit: RECORD_SIZE_MAX_BYTES } }),
    );
  });

  it('counts bytes, not characters', () => {
    expect(() => seal('€'.repeat(RECORD_SIZE_MAX_BYTES / 2))).toThrow(code('TOO_LARGE'));
  });

  it('refuses a media type it does not know', () => {
    const input = { plaintext: '{}', ...version, scope, randomBytes };
    for (const other of ['text/plain', '', 'application/fhir+json"', 'APPLICATION/FHIR+JSON']) {
      expect(() => sealRecord({ ...input, mediaType: other })).toThrow(
        code('UNSUPPORTED_MEDIA_TYPE'),
      );
    }
  });

  it('refuses a source of randomness that gives too little', () => {
    const input = { plaintext: '{}', mediaType, ...version, scope };
    expect(() => sealRecord({ ...input, randomBytes: () => new Uint8Array(8) })).toThrow(
      RangeError,
    );
  });
});

describe('a record block from an attacker', () => {
  it.each<[string, string]>([
    ['alg none', JSON.stringify({ ...standard, alg: 'none' })],
    ['no alg', JSON.stringify({ ...standard, alg: undefined })],
    [
      'alg PBES2 with 2^31 rounds',
      JSON.stringify({ ...standard, alg: 'PBES2-HS512+A256KW', p2c: 2 ** 31, p2s: 'AAAA' }),
    ],
    ['alg A256KW', JSON.stringify({ ...standard, alg: 'A256KW' })],
    ['a weaker enc', JSON.stringify({ ...standard, enc: 'A128GCM' })],
    ['zip', JSON.stringify({ ...standard, zip: 'DEF' })],
    ['crit', JSON.stringify({ ...standard, crit: ['x'], x: 1 })],
    ['a jwk', JSON.stringify({ ...standard, jwk: { kty: 'oct', k: 'AA' } })],
    ['a jku', JSON.stringify({ ...standard, jku: 'https://keys.example/jwks.json' })],
    ['an x5u', JSON.stringify({ ...standard, x5u: 'https://keys.example/chain.pem' })],
    ['an unknown member', JSON.stringify({ ...standard, x: 1 })],
    ['a duplicate member', JSON.stringify(standard).replace('{', '{"alg":"none",')],
    [
      'members in another order',
      JSON.stringify(Object.fromEntries(Object.entries(standard).reverse())),
    ],
    ['a space', JSON.stringify(standard) + ' '],
    ['another typ', JSON.stringify({ ...standard, typ: 'JWE' })],
    ['another cty', JSON.stringify({ ...standard, cty: 'text/html' })],
    ['the kid of another key', JSON.stringify({ ...standard, kid: toBase64url(randomBytes(16)) })],
    ['a kid with a path', JSON.stringify({ ...standard, kid: '../../keys.jwe' })],
    ['a kid with SQL', JSON.stringify({ ...standard, kid: "'; DROP TABLE scope; --" })],
    ['a kid __proto__', JSON.stringify({ ...standard, kid: '__proto__' })],
    ['a kid of a megabyte', JSON.stringify({ ...standard, kid: 'A'.repeat(1 << 20) })],
  ])('is refused with %s, although the tag is good', async (_, header) => {
    const block = await sealedUnder(header);
    expect(() => open(block, sealed.commitment)).toThrow(refused);
  });

  it('is opened when only the iv is fresh: the forger of these tests works', async () => {
    expect(open(await sealedUnder(JSON.stringify(standard)), sealed.commitment)).toBe(text);
  });

  it('is refused with a zip bomb before anything is inflated', async () => {
    const bomb = deflateRawSync(Buffer.alloc(100_000_000));
    expect(bomb.length).toBeLessThan(RECORD_SIZE_MAX_BYTES);
    const header = toBase64url(utf8(JSON.stringify({ ...standard, zip: 'DEF' })));
    const block = { ...sealed.block, protected: header, ciphertext: toBase64url(bomb) };
    expect(() => open(block, sealed.commitment)).toThrow(refused);
  });

  it.each<[string, object]>([
    ['alg in the unprotected header', { header: { alg: 'dir' } }],
    ['a shared unprotected header', { unprotected: { kid: 'a' } }],
    ['an encrypted key', { encrypted_key: 'AAAA' }],
    [
      'recipients',
      { recipients: Array.from({ length: 20_000 }, () => ({ encrypted_key: 'AAAA' })) },
    ],
    ['an unknown member', { x: 1 }],
    ['no aad', { aad: undefined }],
  ])('is refused with %s', (_, members) => {
    expect(() => open({ ...sealed.block, ...members }, sealed.commitment)).toThrow(refused);
  });

  it('is refused in compact and General serialisation', () => {
    const { block, commitment } = sealed;
    const parts = [block.protected, '', block.iv, block.ciphertext, block.tag];
    expect(() => open(parts.join('.'), commitment)).toThrow(refused);
    expect(() => open({ ...block, recipients: [{}] }, commitment)).toThrow(refused);
    expect(() => open(null, commitment)).toThrow(refused);
    expect(() => open([], commitment)).toThrow(refused);
  });

  it.each(['protected', 'aad', 'iv', 'ciphertext', 'tag'] as const)(
    'is refused when its %s comes from another record, another version or another log',
    (member) => {
      const others = [
        seal(text, { ...version, rid: toBase64url(randomBytes(16)) }),
        seal(text, { ...version, ver: 2 }),
        seal(text, { ...version, log: cidOf(utf8('another log')) }),
        seal('{"another":"text of this record"}'),
      ];
      for (const { block } of others) {
        if (block[member] === sealed.block[member]) continue;
        const swapped = { ...sealed.block, [member]: block[member] };
        expect(() => open(swapped, sealed.commitment)).toThrow(refused);
      }
    },
  );

  it('is refused whole in the place of another record, another version or another log', () => {
    const { block, commitment } = sealed;
    const places = [
      { ...version, rid: toBase64url(randomBytes(16)) },
      { ...version, ver: 2 },
      { ...version, log: cidOf(utf8('another log')) },
    ];
    for (const place of places) {
      expect(() => open(block, commitment, place)).toThrow(refused);
      expect(() => open(block, seal(text, place).commitment, place)).toThrow(refused);
    }
  });

  it('is refused with its additional data in another spelling, although the tag is good', async () => {
    for (const aad of [
      JSON.stringify({ rid, log, v: 1, ver: 1 }),
      `{"log":"${log}","rid":"${rid}","v":1,"ver":1.0}`,
      `{"log":"${log}","rid":"${rid}","v":1,"ver":1,"ver":1}`,
      `{"log":"${log}","rid":"${rid}","v":2,"ver":1}`,
      '',
    ]) {
      const block = await forge(sealed.block.protected, aad);
      expect(() => open(block, sealed.commitment)).toThrow(refused);
    }
  });

  it.each([0, 4, 8, 12, 13, 14, 15, 17, 32])('is refused with a tag of %i bytes', (size) => {
    const tag = toBase64url(
      Buffer.concat([fromBase64url(sealed.block.tag), Buffer.alloc(16)]).subarray(0, size),
    );
    expect(() => open({ ...sealed.block, tag }, sealed.commitment)).toThrow(refused);
  });

  it.each([0, 1, 8, 11, 13, 16])('is refused with an iv of %i bytes', (size) => {
    const iv = toBase64url(randomBytes(size));
    expect(() => open({ ...sealed.block, iv }, sealed.commitment)).toThrow(refused);
  });

  it.each(['=', ' ', '\n', '\0', '+'])('is refused with %j behind any member', (tail) => {
    for (const member of ['protected', 'aad', 'iv', 'ciphertext', 'tag'] as const) {
      const block = { ...sealed.block, [member]: sealed.block[member] + tail };
      expect(() => open(block, sealed.commitment)).toThrow(refused);
    }
  });

  it('is refused with stray bits in the last character of any member', () => {
    for (const member of ['protected', 'aad', 'iv', 'ciphertext', 'tag'] as const) {
      const part = sealed.block[member];
      for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
        const changed = part.slice(0, -1) + last;
        if (changed === part) continue;
        const block = { ...sealed.block, [member]: changed };
        expect(() => open(block, sealed.commitment)).toThrow(refused);
      }
    }
  });

  it('is refused above the largest record before it is decoded', () => {
    const ciphertext = 'A'.repeat(1 << 24);
    expect(() => open({ ...sealed.block, ciphertext }, sealed.commitment)).toThrow(refused);
  });

  it('is refused with any bit of the ciphertext changed', () => {
    const bytes = fromBase64url(sealed.block.ciphertext);
    for (let bit = 0; bit < bytes.length * 8; bit += 97) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const block = { ...sealed.block, ciphertext: toBase64url(changed) };
      expect(() => open(block, sealed.commitment)).toThrow(refused);
    }
  });
});

describe('key commitment', () => {
  it('is checked before decrypting', () => {
    expect(() => open(sealed.block, sealed.commitment, version, otherScope)).toThrow(
      expect.objectContaining({ message: 'the key is not the one committed to' }),
    );
    expect(() => open({}, toBase64url(randomBytes(32)))).toThrow(
      expect.objectContaining({ message: 'the key is not the one committed to' }),
    );
  });

  it('refuses one ciphertext that AES-GCM opens under two keys', () => {
    const other = deriveContentKey(otherScope, log, rid, 1);
    const aad = utf8(`${sealed.block.protected}.${sealed.block.aad}`);
    const iv = randomBytes(12);
    const { ciphertext, tag } = forgeForTwoKeys([cek, other.cek], iv, aad, randomBytes(512));
    const opened = [cek, other.cek].map((key) => {
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('hex');
    });
    expect(opened[0]).not.toBe(opened[1]);

    const block = {
      ...sealed.block,
      iv: toBase64url(iv),
      ciphertext: toBase64url(ciphertext),
      tag: toBase64url(tag),
    };
    expect(() => open(block, sealed.commitment, version, otherScope)).toThrow(
      expect.objectContaining({ message: 'the key is not the one committed to' }),
    );
    // even with a second statement that commits to the other key, the header names only one
    expect(() => open(block, other.commitment, version, otherScope)).toThrow(refused);
  });

  it('in any other spelling is none', () => {
    for (const commitment of [sealed.commitment + '=', '', sealed.commitment.slice(0, 22)]) {
      expect(() => open(sealed.block, commitment)).toThrow(refused);
    }
  });
});
