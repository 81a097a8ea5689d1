import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { formatLine, generateSupply } from '../../src/sample/supply/supply.js';
import { makeData } from '../cli/make-data.js';
import { runHere } from '../cli/run-here.js';
import { runCli, spawnCli, stopCli, waitForLine } from '../cli/run-cli.js';
import { tempDirectory } from '../support/temp-directory.js';

const EVENTS = 800;
/** Entries in the log when the node is killed: more than nothing. */
const KILL_AT = 300;
/** Lines that were on their way by then: less than all, however fast the node is. */
const SENT = 550;

interface Node {
  child: ChildProcess;
  url: string;
}

interface Summary {
  captured: number;
  repeated: number;
  refused: number;
}

interface Told {
  alerts: { pending: number; nodes: { item: string }[] };
}

const ALERTS = `{ alerts(first: 300) { pending position nodes {
  id type item raisedAt knownAt evidenceCount reasons { reason } evidence { seq } } } }`;
const ITEM = `query ($epc: String!) { item(epc: $epc, asOf: "2027-01-01T00:00:00Z") {
  epc status since bizStep disposition lot expiry position isComplete
  location { site { id name } } custodian { id } owner { id }
  chain { containers { level epc since } } conflicts { kind container evidence { seq } }
  history(first: 100) { totalCount nodes { role source { kind epc level } event { seq eventID isVoided } } }
} }`;

describe('a node killed with -9 in the middle of a bulk capture of supply events', () => {
  const data = join(tempDirectory(), 'data');
  const supply = generateSupply({ seed: 11, events: EVENTS });
  const master = JSON.stringify(supply.masterData);
  const lines = [...supply.events].map(formatLine);
  let node: Node;
  let token = '';
  afterAll(() => stopCli(node.child, 'SIGKILL'));

  const start = async (): Promise<Node> => {
    const child = spawnCli(['start', '--data', data, '--port', '0', '--json']);
    const [, url = ''] = await waitForLine(child, /"url":"([^"]+)"/);
    return { child, url };
  };
  const send = async (
    body: string | ReadableStream<Uint8Array>,
    mediaType: string,
    key: string,
  ): Promise<Summary> => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': mediaType,
      'idempotency-key': key,
    };
    const path = '/capture?waitFor=INDEXED';
    const init = { method: 'POST', headers, body, duplex: 'half' };
    const answer = await fetch(node.url + path, init);
    return (await answer.json()) as Summary;
  };
  const sendEvents = (body: string | ReadableStream<Uint8Array> = lines.join('\n')) =>
    send(body, 'application/x-ndjson', 'events');
  /** The sender is still there when the node is not any more. */
  const unfinished = () =>
    new ReadableStream<Uint8Array>({
      start: (controller) =>
        controller.enqueue(new TextEncoder().encode(`${lines.slice(0, SENT).join('\n')}\n`)),
    });
  const ask = async <Data>(query: string, variables = {}): Promise<Data> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables });
    const answer = await fetch(`${node.url}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const size = async () =>
    (await ask<{ log: { head: { size: number } } }>('{ log { head { size } } }')).log.head.size;

  /** Once nothing is left to be worked out. */
  const askAll = async (): Promise<unknown[]> => {
    let told = await ask<Told>(ALERTS);
    while (told.alerts.pending > 0) {
      await sleep(50);
      told = await ask<Told>(ALERTS);
    }
    const epcs = [...new Set(told.alerts.nodes.map(({ item }) => item))].sort().slice(0, 40);
    return [told, ...(await Promise.all(epcs.map((epc) => ask(ITEM, { epc }))))];
  };

  it('is whole after it, takes the rest, and answers as one whose index was built anew', async () => {
    await makeData(data, 'Killed');
    token = (await runHere(['token', '--data', data])).stdout.trim();
    node = await start();
    const { captured: described } = await send(master, 'application/ld+json', 'master');
    expect(described).toBeGreaterThan(0);

    const broken = sendEvents(unfinished()).then(
      () => 'answered',
      () => 'broken off',
    );
    while ((await size()) < KILL_AT) await sleep(5);
    node.child.kill('SIGKILL');
    expect(await broken).toBe('broken off');

    const verified = await runCli(['verify', '--data', data, '--json']);
    expect(verified.json()).toMatchObject({ verdict: 'VALID', problems: [] });
    const { records } = verified.json<{ records: number }>();
    expect(records).toBeGreaterThanOrEqual(KILL_AT - 1);
    expect(records).toBeLessThanOrEqual(described + SENT);

    node = await start();
    const jobs = (await (
      await fetch(`${node.url}/capture`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as { running: boolean; success: boolean; errors: { code: string }[] }[];
    expect(jobs[0]).toMatchObject({ running: false, success: false });
    expect(jobs[0]!.errors[0]!.code).toBe('SHUTTING_DOWN');

    expect(await sendEvents()).toMatchObject({
      captured: described + EVENTS - records,
      repeated: records - described,
      refused: 0,
    });
    const before = await askAll();
    expect(before.length).toBeGreaterThan(10);
    expect(await stopCli(node.child, 'SIGTERM')).toBe(0);

    expect((await runCli(['rebuild', '--data', data])).code).toBe(0);
    node = await start();
    expect(await askAll()).toEqual(before);
    expect(await stopCli(node.child, 'SIGTERM')).toBe(0);
  });
});
