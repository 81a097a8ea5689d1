import { beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Context } from '../../src/cli/context.js';
import { addEventHashCommand } from '../../src/cli/event-hash.js';
import { Output } from '../../src/cli/output.js';
import { tempDirectory } from '../support/temp-directory.js';

const EVENT = { type: 'ObjectEvent', eventTime: '2024-01-31T23:59:59Z', action: 'OBSERVE' };
const STRING = 'eventType=ObjectEventeventTime=2024-01-31T23:59:59.000Zaction=';
const HASH = /^ni:\/\/\/sha-256;[\da-f]{64}\?ver=CBV2\.0$/;

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(args: string[], json = false): Promise<Result> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = new Output(
    stdout as unknown as NodeJS.WriteStream,
    stderr as unknown as NodeJS.WriteStream,
  );
  output.json = json;
  const context: Context = { output, signal: new AbortController().signal, exitCode: 0 };
  const program = new Command().exitOverride();
  addEventHashCommand(program, context);
  const texts = Promise.all([text(stdout), text(stderr)]);
  await program.parseAsync(['node', 'provtrail', 'event-hash', ...args]);
  stdout.end();
  stderr.end();
  const [out, err] = await texts;
  return { code: context.exitCode, stdout: out, stderr: err };
}

describe('provtrail event-hash', () => {
  const root = tempDirectory();
  const path = (name: string): string => join(root, name);

  beforeAll(async () => {
    const eventList = [EVENT, { ...EVENT, action: 'ADD' }];
    const document = { '@context': [], type: 'EPCISDocument', epcisBody: { eventList } };
    await writeFile(path('document.jsonld'), JSON.stringify(document, null, 2));
    await writeFile(
      path('lines.ndjson'),
      `${JSON.stringify(EVENT)}\n${JSON.stringify(document)}\n`,
    );
    await writeFile(path('patient.json'), '{"resourceType":"Patient"}');
    await writeFile(path('broken.json'), '{"type":');
  });

  it('prints one hash a line, in the order of files and events', async () => {
    const { code, stdout, stderr } = await run([path('document.jsonld'), path('lines.ndjson')]);
    const lines = stdout.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(HASH);
    const [first, second] = lines;
    expect(lines).toEqual([first, second, first, first, second]);
    expect(first).not.toBe(second);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('prints the strings that are hashed when asked for them', async () => {
    const { stdout } = await run(['--pre-hash', path('document.jsonld')]);
    expect(stdout).toBe(`${STRING}OBSERVE\n${STRING}ADD\n`);
  });

  it('answers in one JSON object when asked for JSON', async () => {
    const { code, stdout } = await run([path('document.jsonld'), '--pre-hash'], true);
    const file = path('document.jsonld');
    const hash: unknown = expect.stringMatching(HASH);
    expect(JSON.parse(stdout)).toEqual({
      events: [
        { file, hash, preHash: `${STRING}OBSERVE` },
        { file, hash, preHash: `${STRING}ADD` },
      ],
      unread: [],
    });
    expect(code).toBe(0);
  });

  it('tells XML from JSON by its content', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"><EPCISBody><EventList>
      <ObjectEvent><eventTime>2024-02-01T00:59:59+01:00</eventTime><action>ADD</action></ObjectEvent>
      </EventList></EPCISBody></e:EPCISDocument>`;
    await writeFile(path('document.txt'), xml);
    const { code, stdout } = await run([path('document.txt'), '--pre-hash']);
    expect([code, stdout]).toEqual([0, `${STRING}ADD\n`]);
  });

  it('exits 1 for a file that is missing, broken or without an event, and still hashes the others', async () => {
    const names = ['missing.json', 'broken.json', 'patient.json', 'document.jsonld'];
    const { code, stdout, stderr } = await run(names.map(path));
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/missing\.json.*\(NOT_FOUND\)/);
    expect(stderr).toMatch(/broken\.json.*\(MALFORMED_JSON\)/);
    expect(stderr).toMatch(/patient\.json.*\(EMPTY_INPUT\)/);
  });

  it('names the files it could not read in JSON too', async () => {
    const { code, stdout } = await run([path('missing.json')], true);
    expect(JSON.parse(stdout)).toMatchObject({
      events: [],
      unread: [{ file: path('missing.json'), code: 'NOT_FOUND' }],
    });
    expect(code).toBe(1);
  });
});
