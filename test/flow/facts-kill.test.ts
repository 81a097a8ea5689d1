import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FactsWorld, supplyLog } from '../facts/facts-world.js';

/** After the first sign of life, ms: in the midst of a batch, of what derives from it, of a checkpoint. */
const KILL_AFTER_MS = [0, 3, 40, 150];

describe('facts whose process is killed with -9 while they follow', () => {
  let world: FactsWorld;
  let whole: Record<string, string[]>;
  beforeAll(async () => {
    world = new FactsWorld();
    world.apply(supplyLog(9, 2_500).rows);
    await world.catchUp();
    whole = await world.dump();
    await world.facts.reset();
  });
  afterAll(() => world.close());

  it('are the same in the end', async () => {
    for (const wait of KILL_AFTER_MS) {
      await world.facts.close();
      const { directory, index } = world.paths;
      const args = ['test/flow/follow-until-killed.mjs', directory, index];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await sleep(wait);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await world.reopen();
    }
    await world.catchUp();
    expect(await world.dump()).toEqual(whole);
    expect(whole['event']!.length).toBeGreaterThan(2_000);
  });
});
