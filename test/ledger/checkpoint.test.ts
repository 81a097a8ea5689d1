import { describe, expect, it } from '@jest/globals';
import { toHex } from '../../src/crypto/bytes.js';
import { fromBase64, toBase64 } from '../../src/ledger/base64.js';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.js';
import { isNoteName, noteKeyId, parseNote, signNote, verifyNote } from '../../src/ledger/note.js';
import { verifyCheckpoint } from '../../src/ledger/verify.js';
import { keyOf, logSigner, ORIGIN, stranger } from './build-ledger.js';
import { leafHashes, naiveRoot } from './naive-tree.js';
import fc from '../support/fast-check.js';

const root = naiveRoot(leafHashes(7));
const expected = { origin: ORIGIN, logKey: logSigner.publicJwk };
const published = () => formatCheckpoint({ origin: ORIGIN, size: 4096, root }, logSigner);
const isRefused = { code: expect.stringMatching(/^(SIGNATURE|PROOF)_REFUSED|NON_CANONICAL$/) };

/** The example in the documentation of golang.org/x/mod/sumdb/note, the origin of the format. */
const NEUMANN = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note:
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n\n" +
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

/** A key as Go's note package writes it: name, key id, then the type byte 01 and the key in base64. */
function goKey(text: string) {
  const [name = '', id = '', encoded = ''] = text.split(/\+(?=[0-9a-f]{8}\+)|(?<=\+[0-9a-f]{8})\+/);
  const x = Buffer.from(fromBase64(encoded).slice(1)).toString('base64url');
  return { name, id, jwk: { kty: 'OKP', crv: 'Ed25519', x } as const };
}

describe('signed notes', () => {
  it('verifies the note of the format that Go ships as its example', async () => {
    const { name, id, jwk } = goKey(NEUMANN.key);
    expect(toHex(noteKeyId(name, jwk))).toBe(id);
    const note = parseNote(NEUMANN.note);
    expect(note.text.endsWith('problem is.\n')).toBe(true);
    await verifyNote(note, name, jwk);
    await expect(
      verifyNote({ ...note, text: note.text.replace('your', 'thy') }, name, jwk),
    ).rejects.toMatchObject({ code: 'SIGNATURE_REFUSED' });
  });

  it('names the key of sum.golang.org as the world does', () => {
    const { name, id, jwk } = goKey(
      'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
    );
    expect(toHex(noteKeyId(name, jwk))).toBe(id);
  });

  it('keeps blank lines of its text and splits at the last one', async () => {
    const note = parseNote(await signNote('a\n\n\nb\n', 'x.example', logSigner));
    expect(note.text).toBe('a\n\n\nb\n');
    await verifyNote(note, 'x.example', logSigner.publicJwk);
  });

  it('does not look at signatures of keys it does not know, however many or strange', async () => {
    const text = await published();
    const other = await signNote(text.slice(0, text.indexOf('\n\n') + 1), ORIGIN, stranger);
    const foreign = other.slice(other.indexOf('\n\n') + 2);
    const witness = `\u2014 clinic-b.provtrail ${toBase64(new Uint8Array(76).fill(9))}\n`;
    await verifyCheckpoint(text + foreign + witness.repeat(15), expected);
    await verifyCheckpoint(text.replace('\n\n', `\n\n${witness}${foreign}`), expected);
  });

  it.each([
    ['no signature', (text: string) => text.slice(0, text.indexOf('\n\n') + 2)],
    ['no blank line', (text: string) => text.replace('\n\n', '\n')],
    ['no last newline', (text: string) => text.slice(0, -1)],
    ['a hyphen for the em dash', (text: string) => text.replace('\u2014', '-')],
    ['carriage returns', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a tab', (text: string) => text.replace('\u2014 ', '\u2014\t')],
    ['a zero byte', (text: string) => text.replace(ORIGIN, `${ORIGIN}\0`)],
    ['a lone surrogate', (text: string) => text.replace(ORIGIN, `${ORIGIN}\ud800`)],
    ['unpadded base64', (text: string) => text.replace(/=+\n$/, '\n')],
    ['stray bits in base64', (text: string) => text.replace(/.=\n$/, '9=\n')],
    ['a signature of three bytes', (text: string) => text.replace(/ \S+\n$/, ' AAAA\n')],
    ['text behind the signatures', (text: string) => `${text}more\n`],
    ['a name with a plus', (text: string) => text.replace('\u2014 h', '\u2014 +h')],
    ['a megabyte', (text: string) => 'x'.repeat(1 << 20) + text],
    ['100,000 signatures', (text: string) => text + text.slice(-80).repeat(100_000)],
  ])('refuses a note with %s', async (_, forge) => {
    const forged = forge(await published());
    await expect(verifyCheckpoint(forged, expected)).rejects.toMatchObject(isRefused);
  });

  it('refuses the whole note when the known key is there twice and once wrongly', async () => {
    const text = await published();
    const line = text.slice(text.indexOf('\u2014'));
    const wrong = line.replace(/.{8}=?=?\n$/, 'AAAAAAA=\n');
    await expect(verifyCheckpoint(text + wrong, expected)).rejects.toMatchObject(isRefused);
  });

  it('knows which names can stand in a line', () => {
    expect(['a', 'h.example/log', 'é'].every(isNoteName)).toBe(true);
    expect(['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085', 'a\n', '\ud800'].some(isNoteName)).toBe(false);
  });
});

describe('checkpoints', () => {
  it('have the text the standard shows', async () => {
    const lines = (await published()).split('\n');
    expect(lines.slice(0, 4)).toEqual([ORIGIN, '4096', toBase64(root), '']);
    expect(lines[4]).toMatch(/^\u2014 hospital-a\.provtrail [A-Za-z0-9+/]+=*$/);
    expect(lines.slice(5)).toEqual(['']);
    expect(await verifyCheckpoint(await published(), expected)).toEqual({
      origin: ORIGIN,
      size: 4096,
      root,
    });
  });

  it('are refused from another log, another key or another name', async () => {
    const text = await published();
    for (const other of [
      { ...expected, origin: 'clinic-b.provtrail' },
      { ...expected, logKey: stranger.publicJwk },
      { ...expected, logKey: keyOf('log of clinic b').publicJwk },
    ]) {
      await expect(verifyCheckpoint(text, other)).rejects.toMatchObject(isRefused);
    }
  });

  it('are refused when any byte is flipped', async () => {
    const text = await published();
    const flip = fc.record({ at: fc.nat(text.length - 1), bit: fc.integer({ min: 0, max: 6 }) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bit }) => {
        const code = text.charCodeAt(at) ^ (1 << bit);
        const forged = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        await expect(verifyCheckpoint(forged, expected)).rejects.toMatchObject(isRefused);
      }),
    );
  });

  it.each([
    ['two lines', (body: string[]) => body.slice(0, 2)],
    ['an empty origin', ([, ...rest]: string[]) => ['', ...rest]],
    ['a size with a leading zero', ([o, , r]: string[]) => [o, '04096', r]],
    ['a negative size', ([o, , r]: string[]) => [o, '-1', r]],
    ['a fractional size', ([o, , r]: string[]) => [o, '1.5', r]],
    ['a size of 2^53', ([o, , r]: string[]) => [o, String(2 ** 53), r]],
    ['a size of a megabyte', ([o, , r]: string[]) => [o, '9'.repeat(60_000), r]],
    ['a root of 31 bytes', ([o, s]: string[]) => [o, s, toBase64(root.slice(1))]],
    ['a root of 33 bytes', ([o, s]: string[]) => [o, s, toBase64(new Uint8Array(33))]],
    ['an empty extension line', (body: string[]) => [...body, '', 'x']],
  ])('are refused with %s, even when signed', async (_, forge) => {
    const body = forge([ORIGIN, '4096', toBase64(root)]).join('\n');
    const text = await signNote(`${body}\n`, ORIGIN, logSigner);
    await expect(verifyCheckpoint(text, expected)).rejects.toMatchObject(isRefused);
  });

  it('keep extension lines that others may sign', async () => {
    const body = `${ORIGIN}\n1\n${toBase64(root)}\nextension 1\n`;
    const text = await signNote(body, ORIGIN, logSigner);
    expect(parseCheckpoint(text).extensions).toEqual(['extension 1']);
    expect((await verifyCheckpoint(text, expected)).size).toBe(1);
  });
});
