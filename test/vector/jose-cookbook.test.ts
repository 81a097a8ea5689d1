import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  compactVerify,
  FlattenedSign,
  flattenedDecrypt,
  flattenedVerify,
  generalVerify,
  importJWK,
  type FlattenedJWE,
  type JWK,
} from 'jose';
import { fromBase64url, toBase64url, utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { verifyFlattened, type FlattenedJws } from '../../src/crypto/jws.js';
import { readKeyFile } from '../../src/crypto/key-file.js';
import { deriveContentKey, type ScopeKey } from '../../src/crypto/scope.js';
import { openRecord, type RecordBlock } from '../../src/crypto/seal.js';
import { verifySignature } from '../../src/crypto/signature.js';
import {
  checkPrivateKey,
  checkPublicKey,
  generateSigningKey,
  publicJwk,
  signerFromJwk,
  type PrivateJwk,
} from '../../src/crypto/signing-key.js';

const FOLDER = join(resolve('..', 'shared'), 'vectors', 'jose');

interface Vector {
  title: string;
  input: {
    payload?: string;
    plaintext?: string;
    key: JWK;
    pwd?: string;
    alg: string;
    enc?: string;
  };
  signing: { 'sig-input': string; sig: string };
  output: { compact?: string; json?: object; json_flat?: object };
}

/** What our allow-lists make of each JWS case. */
const JWS = {
  'jws/4_1.rsa_v15_signature': 'RS256',
  'jws/4_2.rsa-pss_signature': 'PS384',
  'jws/4_3.ecdsa_signature': 'ES512',
  'jws/4_4.hmac-sha2_integrity_protection': 'HS256',
  'jws/4_5.signature_with_detached_content': 'HS256 and no payload',
  'jws/4_6.protecting_specific_header_fields': 'HS256 and an unprotected kid',
  'jws/4_7.protecting_content_only': 'alg in the unprotected header only',
  'jws/4_8.multiple_signatures': 'General serialisation, several signatures',
  'curve25519/jws': 'EdDSA where Ed25519 is meant, no kid, no typ',
};

/** And of each JWE case. 5.3 has the key management and 5.2 the content encryption we admit, none has both. */
const JWE = {
  'jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2': 'RSA1_5',
  'jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm': 'RSA-OAEP',
  'jwe/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2': 'enc A128CBC-HS256',
  'jwe/5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm':
    'ECDH-ES+A128KW over P-384',
  'jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2': 'ECDH-ES',
  'jwe/5_6.direct_encryption_using_aes-gcm': 'dir, but enc A128GCM',
  'jwe/5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2': 'A256GCMKW',
  'jwe/5_8.key_wrap_using_aes-keywrap_with_aes-gcm': 'A128KW',
  'jwe/5_9.compressed_content': 'zip',
  'jwe/5_10.including_additional_authentication_data': 'A128KW',
  'jwe/5_11.protecting_specific_header_fields': 'alg in the unprotected header',
  'jwe/5_12.protecting_content_only': 'nothing protected',
  'jwe/5_13.encrypting_to_multiple_recipients': 'General serialisation, several recipients',
};

const JWK_FILES = [
  'jwk/3_1.ec_public_key',
  'jwk/3_2.ec_private_key',
  'jwk/3_3.rsa_public_key',
  'jwk/3_4.rsa_private_key',
  'jwk/3_5.symmetric_key_mac_computation',
  'jwk/3_6.symmetric_key_encryption',
];

const isThere = existsSync(FOLDER);
if (!isThere && process.env['CI'] === undefined) {
  console.warn('NOT TESTED: the RFC 7520 vectors are not there (../shared/vectors/jose)');
}
const cookbook = isThere || process.env['CI'] !== undefined ? describe : describe.skip;
const read = <T>(name: string) =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as T;
const code = (name: string) => expect.objectContaining({ code: name });
const forms = ({ output }: Vector) =>
  [output.json_flat, output.json, output.compact].filter(Boolean);

cookbook('RFC 8037 signature: what our allow-list admits but for its header', () => {
  const vector = () => read<Vector>('curve25519/jws');
  const keyOf = ({ kty, crv, x, d }: JWK) => ({ kty, crv, x, d }) as PrivateJwk;

  it('is verified by us, by jose, and made again byte for byte', async () => {
    const { input, signing, output } = vector();
    const key = keyOf(input.key);
    expect(() => checkPrivateKey(key)).not.toThrow();
    const text = utf8(signing['sig-input']);
    expect(await verifySignature(publicJwk(key), text, fromBase64url(signing.sig))).toBe(true);
    expect(toBase64url(await signerFromJwk(key).sign(text))).toBe(signing.sig);
    const jose = await importJWK({ ...publicJwk(key) }, 'EdDSA');
    const { payload } = await flattenedVerify(output.json_flat as FlattenedJws, jose);
    expect(new TextDecoder().decode(payload)).toBe(input.payload);
  });

  it('is admitted when signed by the same key under our header', async () => {
    const { input } = vector();
    const key = keyOf(input.key);
    const { kid, publicJwk: jwk } = signerFromJwk(key);
    const jws = await new FlattenedSign(utf8(input.payload!))
      .setProtectedHeader({ alg: 'Ed25519', kid, typ: 'test+jws' })
      .sign(await importJWK({ ...key }, 'Ed25519'));
    expect(await verifyFlattened(jws, { typ: 'test+jws', keyOf: () => jwk })).toBe(input.payload);
  });
});

cookbook('RFC 7520 JWS cases', () => {
  const jwk = publicJwk(generateSigningKey());

  it.each(Object.entries(JWS))('%s is refused: %s', async (name) => {
    const vector = read<Vector>(name);
    expect(forms(vector).length).toBeGreaterThan(0);
    for (const form of forms(vector)) {
      await expect(verifyFlattened(form, { typ: 'JWT', keyOf: () => jwk })).rejects.toEqual(
        code('SIGNATURE_REFUSED'),
      );
    }
  });

  it('jose verifies the same files, so it is our list that refuses them', async () => {
    const rsa = read<JWK>('jwk/3_3.rsa_public_key');
    const ec = read<JWK>('jwk/3_1.ec_public_key');
    const mac = read<JWK>('jwk/3_5.symmetric_key_mac_computation');
    const file = (name: string) => read<Vector>(name).output;
    await compactVerify(file('jws/4_1.rsa_v15_signature').compact!, await importJWK(rsa, 'RS256'));
    await compactVerify(file('jws/4_2.rsa-pss_signature').compact!, await importJWK(rsa, 'PS384'));
    await compactVerify(file('jws/4_3.ecdsa_signature').compact!, await importJWK(ec, 'ES512'));
    const hmac = file('jws/4_4.hmac-sha2_integrity_protection').json_flat as FlattenedJws;
    await flattenedVerify(hmac, await importJWK(mac, 'HS256'));
    const several = file('jws/4_8.multiple_signatures').json as Parameters<typeof generalVerify>[0];
    await generalVerify(several, await importJWK(mac, 'HS256'));
  });
});

cookbook('RFC 7520 JWE cases', () => {
  const directory = mkdtempSync(join(tmpdir(), 'provtrail-test-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const scope: ScopeKey = { id: new Uint8Array(16), epoch: 1, kek: new Uint8Array(32).fill(1) };
  const version = { log: cidOf(utf8('log')), rid: toBase64url(new Uint8Array(16)), ver: 1 };
  const { commitment } = deriveContentKey(scope, version.log, version.rid, version.ver);

  it.each(Object.entries(JWE))('%s is refused as a record and as a key file: %s', async (name) => {
    const vector = read<Vector>(name);
    expect(forms(vector).length).toBeGreaterThan(0);
    for (const [i, form] of forms(vector).entries()) {
      const block = form as RecordBlock;
      expect(() => openRecord({ block, commitment, scope, ...version })).toThrow(
        code('SEAL_REFUSED'),
      );
      const path = join(directory, `${name.replace('/', '-')}-${i}.jwe`);
      writeFileSync(path, typeof form === 'string' ? form : JSON.stringify(form));
      await expect(readKeyFile(path, vector.input.pwd ?? 'passphrase')).rejects.toEqual(
        code('SEAL_REFUSED'),
      );
    }
  });

  it('jose opens the two nearest to ours, so it is our list that refuses them', async () => {
    const direct = read<Vector>('jwe/5_6.direct_encryption_using_aes-gcm');
    const jwe = direct.output.json_flat as FlattenedJWE;
    const { plaintext } = await flattenedDecrypt(jwe, await importJWK(direct.input.key, 'dir'));
    expect(new TextDecoder().decode(plaintext)).toBe(direct.input.plaintext);
    const limits = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
    await expect(
      flattenedDecrypt(jwe, await importJWK(direct.input.key, 'dir'), limits),
    ).rejects.toThrow();

    const wrapped = read<Vector>('jwe/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2');
    const opened = await flattenedDecrypt(
      wrapped.output.json_flat as FlattenedJWE,
      utf8(wrapped.input.pwd!),
      { keyManagementAlgorithms: ['PBES2-HS512+A256KW'] },
    );
    expect(new TextDecoder().decode(opened.plaintext)).toBe(wrapped.input.plaintext);
  });
});

cookbook('RFC 7520 keys', () => {
  it.each(JWK_FILES)('%s is refused as a signing key', (name) => {
    const jwk = read<JWK>(name);
    expect(() => checkPublicKey(jwk)).toThrow(code('KEY_REFUSED'));
    expect(() => checkPrivateKey(jwk)).toThrow(code('KEY_REFUSED'));
  });
});
