import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { toBase64url } from '../../src/crypto/bytes.js';
import { isReducedScalar, pointFault } from '../../src/crypto/point.js';
import { verifySignature } from '../../src/crypto/signature.js';
import { checkPublicKey } from '../../src/crypto/signing-key.js';

const FILE = join(resolve('..', 'shared'), 'vectors', 'ed25519', 'speccheck.json');

interface Case {
  message: string;
  pub_key: string;
  signature: string;
}

/**
 * The twelve cases of novifinancial/ed25519-speccheck (Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs", table 5). Our
 * verdict is the strictest: one is accepted, and each refusal has its own ground.
 */
const VERDICTS: { about: string; holds: boolean; ground?: string }[] = [
  { about: '0: S = 0, key and R of small order', holds: false, ground: 'key SMALL_ORDER' },
  { about: '1: key of small order, R of mixed order', holds: false, ground: 'key SMALL_ORDER' },
  { about: '2: key of mixed order, R of small order', holds: false, ground: 'R SMALL_ORDER' },
  { about: '3: key and R of mixed order, the equation holds without cofactor', holds: true },
  { about: '4: the equation holds with cofactor only', holds: false, ground: 'equation' },
  { about: '5: it holds only when 8h is reduced first', holds: false, ground: 'equation' },
  { about: '6: S above L', holds: false, ground: 'S not reduced' },
  { about: '7: S far above L', holds: false, ground: 'S not reduced' },
  { about: '8: R non-canonical and of small order', holds: false, ground: 'R SMALL_ORDER' },
  { about: '9: the same, hashed the other way', holds: false, ground: 'R SMALL_ORDER' },
  { about: '10: key non-canonical and of small order', holds: false, ground: 'key SMALL_ORDER' },
  { about: '11: the same, hashed the other way', holds: false, ground: 'key SMALL_ORDER' },
];

const isThere = existsSync(FILE);
if (!isThere && process.env['CI'] === undefined) {
  console.warn('NOT TESTED: the Ed25519 vectors are not there (../shared/vectors/ed25519)');
}
const cases = isThere ? (JSON.parse(readFileSync(FILE, 'utf8')) as Case[]) : [];
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

function groundOf({ pub_key, signature }: Case): string {
  const key = pointFault(bytes(pub_key));
  if (key !== undefined) return `key ${key}`;
  const r = pointFault(bytes(signature));
  if (r !== undefined) return `R ${r}`;
  return isReducedScalar(bytes(signature), 32) ? 'equation' : 'S not reduced';
}

(isThere || process.env['CI'] !== undefined ? describe : describe.skip)('ed25519-speccheck', () => {
  it('has the twelve cases this test knows', () => {
    expect(cases.length).toBe(VERDICTS.length);
  });

  it.each(VERDICTS.map((verdict, i) => ({ ...verdict, i })))(
    'case $about: holds is $holds',
    async ({ i, holds, ground }) => {
      const one = cases[i]!;
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(bytes(one.pub_key)) } as const;
      const verdict = await verifySignature(jwk, bytes(one.message), bytes(one.signature));
      expect(verdict).toBe(holds);
      if (ground === undefined) return;
      expect(groundOf(one)).toBe(ground);
      if (ground.startsWith('key')) {
        expect(() => checkPublicKey(jwk)).toThrow(expect.objectContaining({ code: 'KEY_REFUSED' }));
      }
    },
  );
});
