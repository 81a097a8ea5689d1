import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, beforeAll } from '@jest/globals';
import { FlattenedEncrypt, flattenedDecrypt, type FlattenedJWE } from 'jose';
import { fromBase64url, toBase64url, utf8 } from '../../src/crypto/bytes.js';
import { encodeCanonical } from '../../src/crypto/canonical.js';
import { readKeyFile, writeKeyFile, type NodeKeys } from '../../src/crypto/key-file.js';
import { systemRandomBytes as randomBytes } from '../../src/crypto/random.js';
import { generateSigningKey } from '../../src/crypto/signing-key.js';
import { tempDirectory } from '../support/temp-directory.js';

const directory = tempDirectory();
const path = join(directory, 'keys.jwe');
/** Composed; it is written as another keyboard may send it. */
const passphrase = 'correct horse – cl\u00e9';
const keys: NodeKeys = {
  v: 1,
  log: generateSigningKey(),
  author: generateSigningKey(),
  token: generateSigningKey(),
  master: toBase64url(randomBytes(32)),
};
const code = (name: string) => expect.objectContaining({ code: name });
const alg = 'PBES2-HS512+A256KW';
const enc = 'A256GCM';
const typ = 'provtrail-keys+jwe';

let jwe: FlattenedJWE;
let header: Record<string, unknown>;
let count = 0;

beforeAll(async () => {
  await writeKeyFile(path, keys, passphrase.normalize('NFD'));
  jwe = JSON.parse(readFileSync(path, 'utf8')) as FlattenedJWE;
  header = JSON.parse(Buffer.from(jwe.protected!, 'base64url').toString()) as typeof header;
});

function read(content: unknown, secret = passphrase): Promise<NodeKeys> {
  const file = join(directory, `changed-${count++}.jwe`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readKeyFile(file, secret);
}

const withHeader = (members: object) =>
  read({ ...jwe, protected: toBase64url(utf8(JSON.stringify({ ...header, ...members }))) });

/** A key file of few rounds, sealed by jose around any content. */
async function sealedByJose(content: string, members: object = {}): Promise<FlattenedJWE> {
  return await new FlattenedEncrypt(utf8(content))
    .setProtectedHeader({ alg, enc, typ, ...members })
    .setKeyManagementParameters({ p2c: 1000 })
    .encrypt(utf8(passphrase));
}

describe('key file', () => {
  it('gives back the keys to the passphrase, however a keyboard composes it', async () => {
    expect(await readKeyFile(path, passphrase)).toEqual(keys);
  });

  it('is PBES2-HS512+A256KW of 600,000 rounds around A256GCM', () => {
    expect(header).toEqual({ alg, enc, typ, p2c: 600_000, p2s: expect.any(String) });
    expect(fromBase64url(header['p2s'] as string).length).toBeGreaterThanOrEqual(16);
  });

  it('is opened by jose', async () => {
    const { plaintext } = await flattenedDecrypt(jwe, utf8(passphrase), {
      keyManagementAlgorithms: [alg],
      maxPBES2Count: 600_000,
    });
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(keys);
  });

  it('may be sealed by jose', async () => {
    expect(await read(await sealedByJose(encodeCanonical(keys)))).toEqual(keys);
  });

  it('is for its owner only, and nothing is left beside it', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).filter((name) => name.startsWith('keys'))).toEqual(['keys.jwe']);
  });

  it('holds no secret in clear', () => {
    const text = readFileSync(path, 'utf8');
    for (const secret of [keys.log.d, keys.author.d, keys.token.d, keys.master, passphrase]) {
      expect(text).not.toContain(secret);
    }
  });

  it('is never overwritten', async () => {
    const before = readFileSync(path, 'utf8');
    await expect(writeKeyFile(path, keys, 'another')).rejects.toEqual(
      code('DATA_DIRECTORY_EXISTS'),
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('stays locked to another passphrase', async () => {
    const small = await sealedByJose(encodeCanonical(keys));
    expect(await read(small)).toEqual(keys);
    for (const other of ['correct horse - clé', passphrase + ' ', 'x']) {
      await expect(read(small, other)).rejects.toEqual(code('KEY_FILE_LOCKED'));
    }
  });

  it('is not there', async () => {
    await expect(readKeyFile(join(directory, 'none.jwe'), passphrase)).rejects.toEqual(
      code('DATA_DIRECTORY_MISSING'),
    );
  });

  it('is not written where there is no directory, nor for an empty passphrase, nor for other keys', async () => {
    const nowhere = join(directory, 'none', 'keys.jwe');
    await expect(writeKeyFile(nowhere, keys, passphrase)).rejects.toEqual(code('STORE_FAILED'));
    const file = join(directory, 'unwritten.jwe');
    await expect(writeKeyFile(file, keys, '')).rejects.toEqual(code('KEY_REFUSED'));
    const mixed = { ...keys, log: { ...keys.log, x: keys.author.x } };
    await expect(writeKeyFile(file, mixed, passphrase)).rejects.toEqual(code('KEY_REFUSED'));
    const short = { ...keys, master: toBase64url(randomBytes(31)) };
    await expect(writeKeyFile(file, short, passphrase)).rejects.toEqual(code('KEY_REFUSED'));
    expect(readdirSync(directory)).not.toContain('unwritten.jwe');
  });
});

describe('a key file from an attacker', () => {
  it.each([2 ** 31, 2 ** 31 - 1, 1_200_001, Number.MAX_SAFE_INTEGER, 1e300, 0, -1, 1.5, '600000'])(
    'is refused with %p PBES2 rounds before any work is done',
    async (p2c) => {
      await expect(withHeader({ p2c })).rejects.toEqual(code('SEAL_REFUSED'));
    },
  );

  it.each<[string, object]>([
    ['alg dir', { alg: 'dir' }],
    ['alg none', { alg: 'none' }],
    ['a weaker alg', { alg: 'PBES2-HS256+A128KW' }],
    ['a weaker enc', { enc: 'A128GCM' }],
    ['enc of CBC', { enc: 'A128CBC-HS256' }],
    ['another typ', { typ: 'provtrail-record+jwe' }],
    ['zip', { zip: 'DEF' }],
    ['crit', { crit: ['exp'], exp: 1 }],
    ['a jwk', { jwk: keys.log }],
    ['a jku', { jku: 'https://keys.example/jwks.json' }],
    ['an x5u', { x5u: 'https://keys.example/chain.pem' }],
    ['an unknown member', { x: 1 }],
  ])('is refused with %s', async (_, members) => {
    await expect(withHeader(members)).rejects.toEqual(code('SEAL_REFUSED'));
  });

  it('is refused with a duplicate header member', async () => {
    const text = JSON.stringify(header).replace('{', '{"p2c":2147483648,');
    await expect(read({ ...jwe, protected: toBase64url(utf8(text)) })).rejects.toEqual(
      code('SEAL_REFUSED'),
    );
  });

  it.each<[string, object]>([
    ['an unprotected header', { header: { alg: 'dir' } }],
    ['a shared unprotected header', { unprotected: { alg: 'dir' } }],
    ['recipients', { recipients: [{ encrypted_key: 'AAAA' }] }],
    ['additional data', { aad: 'AAAA' }],
    ['no protected header', { protected: undefined }],
    ['no encrypted key', { encrypted_key: undefined }],
  ])('is refused with %s', async (_, members) => {
    await expect(read({ ...jwe, ...members })).rejects.toEqual(code('SEAL_REFUSED'));
  });

  it('is refused with alg only in the unprotected header', async () => {
    const { alg: _, ...rest } = header;
    const bare = { ...jwe, protected: toBase64url(utf8(JSON.stringify(rest))), header: { alg } };
    await expect(read(bare)).rejects.toEqual(code('SEAL_REFUSED'));
  });

  it('is refused with 20,000 recipients, unread', async () => {
    const recipients = Array.from({ length: 20_000 }, () => ({ encrypted_key: jwe.encrypted_key }));
    await expect(read({ ...jwe, recipients })).rejects.toEqual(code('SEAL_REFUSED'));
  });

  it.each(['', '{', 'null', '[]', '"x"', '{}'])('is refused when it says %j', async (text) => {
    await expect(read(text)).rejects.toEqual(code('SEAL_REFUSED'));
  });

  it('is refused when the header is padded or spelt otherwise', async () => {
    for (const tail of ['=', ' ', '\n']) {
      await expect(read({ ...jwe, protected: jwe.protected + tail })).rejects.toEqual(
        code('NON_CANONICAL'),
      );
    }
  });

  it('stays locked with a changed or shortened tag, ciphertext, iv or wrapped key', async () => {
    const small = await sealedByJose(encodeCanonical(keys));
    for (const member of ['tag', 'ciphertext', 'iv', 'encrypted_key'] as const) {
      const bytes = fromBase64url(small[member]!);
      const flipped = Uint8Array.from(bytes, (byte, i) => (i === 0 ? byte ^ 1 : byte));
      for (const changed of [flipped, bytes.subarray(0, -4)]) {
        const error = await read({ ...small, [member]: toBase64url(changed) }).catch(
          (e) => e as Error,
        );
        expect(['KEY_FILE_LOCKED', 'SEAL_REFUSED']).toContain((error as { code?: string }).code);
      }
    }
  });

  it.each<[string, unknown, string]>([
    ['no keys', {}, 'KEY_REFUSED'],
    ['another version', { ...keys, v: 2 }, 'KEY_REFUSED'],
    ['a key more', { ...keys, other: keys.log }, 'KEY_REFUSED'],
    ['a mismatched pair', { ...keys, author: { ...keys.author, x: keys.log.x } }, 'KEY_REFUSED'],
    ['a short master', { ...keys, master: 'AAAA' }, 'KEY_REFUSED'],
  ])('is refused around %s', async (_, content, expected) => {
    await expect(read(await sealedByJose(encodeCanonical(content)))).rejects.toEqual(
      code(expected),
    );
  });

  it('says nothing of the keys or the passphrase in its errors', async () => {
    const failures = await Promise.all(
      [
        read({ ...jwe, x: passphrase }),
        read(passphrase),
        read(await sealedByJose('{}'), 'wrong-canary'),
      ].map((attempt) =>
        attempt.then(String, (error: Error) => error.message + JSON.stringify(error)),
      ),
    );
    expect(failures.join()).not.toMatch(/correct horse|canary/);
  });
});

it('a key file that cannot be read is a failed store', async () => {
  if (process.getuid?.() === 0) return;
  const file = join(directory, 'closed.jwe');
  writeFileSync(file, '{}');
  chmodSync(file, 0);
  await expect(readKeyFile(file, passphrase)).rejects.toEqual(code('STORE_FAILED'));
});
