import { beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Context } from '../../src/cli/context.js';
import { reportFailure } from '../../src/cli/failure.js';
import { Output } from '../../src/cli/output.js';
import { addProvCommand } from '../../src/cli/prov.js';
import { readProvJson } from '../../src/record/prov/read.js';
import { sameMeaning } from '../record/prov/same-meaning.js';
import { tempDirectory } from '../support/temp-directory.js';

const DOCUMENT = {
  prefix: { ex: 'http://example.org/' },
  used: { '_:u': { 'prov:entity': 'ex:e', 'prov:activity': 'ex:a' } },
  entity: { 'ex:e': { 'ex:n': 7 } },
  bundle: { 'ex:b': { agent: { 'ex:who': {} } } },
};

/** What `runProgram` does with a command, here. */
async function run(args: string[], json = false) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = new Output(
    stdout as unknown as NodeJS.WriteStream,
    stderr as unknown as NodeJS.WriteStream,
  );
  output.json = json;
  const context: Context = { output, signal: new AbortController().signal, exitCode: 0 };
  const program = new Command().exitOverride();
  addProvCommand(program, context);
  const texts = Promise.all([text(stdout), text(stderr)]);
  let code = 0;
  try {
    await program.parseAsync(['node', 'provtrail', 'prov', 'convert', ...args]);
  } catch (error) {
    code = reportFailure(output, error);
  }
  stdout.end();
  stderr.end();
  const [out, err] = await texts;
  return { code, stdout: out, stderr: err };
}

describe('provtrail prov convert', () => {
  const root = tempDirectory();
  const path = (name: string): string => join(root, name);

  beforeAll(async () => {
    await writeFile(path('in.json'), JSON.stringify(DOCUMENT));
    await writeFile(path('bad.json'), '{"entity":{"no:x":{}}}');
    await writeFile(path('broken.json'), '{"entity":');
  });

  it('writes the document in our own form, which means the same and is its own', async () => {
    const { code, stdout, stderr } = await run([path('in.json')]);
    expect([code, stderr]).toEqual([0, '']);
    expect(sameMeaning(readProvJson(stdout), readProvJson(JSON.stringify(DOCUMENT)))).toBe(true);
    await writeFile(path('own.json'), stdout);
    expect((await run([path('own.json')])).stdout).toBe(stdout);
  });

  it('writes a new file, and never over one', async () => {
    const out = path('out.json');
    const { code, stdout } = await run([path('in.json'), '-o', out], true);
    expect([code, JSON.parse(stdout)]).toEqual([0, { file: out, records: 3, bundles: 1 }]);
    const written = await readFile(out, 'utf8');
    const again = await run([path('in.json'), '-o', out]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('EEXIST')]);
    expect(await readFile(out, 'utf8')).toBe(written);
  });

  it('answers in one line of JSON when asked for JSON', async () => {
    const { stdout } = await run([path('in.json')], true);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(sameMeaning(readProvJson(stdout), readProvJson(JSON.stringify(DOCUMENT)))).toBe(true);
  });

  it.each([
    ['bad.json', 'INVALID_RECORD', '/entity: record 1 of entity'],
    ['broken.json', 'MALFORMED_JSON', 'line 1'],
    ['missing.json', 'NOT_FOUND', 'there is no file'],
  ])('exits 1 for %s with %s, and says where', async (name, code, where) => {
    const failed = await run([path(name)]);
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain(`(${code})`);
    expect(failed.stderr).toContain(where);
    const { error } = JSON.parse((await run([path(name)], true)).stdout) as { error: object };
    expect(error).toMatchObject({ code });
  });
});
