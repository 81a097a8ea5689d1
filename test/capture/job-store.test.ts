import { describe, expect, it } from '@jest/globals';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaptureJob, JobProgress } from '../../src/capture/job.js';
import { JobStore, type JobStoreOptions } from '../../src/capture/job-store.js';
import { AppError, isAppError } from '../../src/error.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
const ALICE = { organisation: 'a', subject: 'alice' };
const BOB = { organisation: 'a', subject: 'bob' };
const START = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

let made = 0;
let clock = START;

function newDirectory(): string {
  clock = START;
  return join(root, `jobs-${made++}`);
}

function open(directory: string, options: Partial<JobStoreOptions> = {}): Promise<JobStore> {
  let seed = 0;
  const randomBytes = (count: number) => new Uint8Array(count).fill(seed++);
  return JobStore.open(directory, { now: () => clock, randomBytes, ...options });
}

function progress(overrides: Partial<JobProgress> = {}): JobProgress {
  return { captured: 0, refused: 0, repeated: 0, warnings: 0, errors: [], ...overrides };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (isAppError(error) ? error.code : 'other'),
  );
}

describe('the store of capture jobs', () => {
  it('tells of a job while it runs and after it is over, also when opened again', async () => {
    const directory = newDirectory();
    const store = await open(directory);
    const { id } = await store.begin(ALICE, 'proceed', false);
    expect(await store.get(ALICE, id)).toMatchObject({
      createdAt: START,
      mode: 'proceed',
      captured: 0,
    });
    const errors = [{ code: 'INVALID_RECORD' as const, message: 'm', pointer: '/a', line: 3 }];
    store.update({ id } as CaptureJob, progress({ captured: 5, refused: 1, errors }));
    expect(await store.get(ALICE, id)).toMatchObject({ captured: 5, refused: 1, errors });
    clock += 1_000;
    store.finish({ id } as CaptureJob, progress({ captured: 9, refused: 1, warnings: 2, errors }));
    const over = await store.get(ALICE, id);
    expect(over).toEqual({
      id,
      createdAt: START,
      finishedAt: START + 1_000,
      mode: 'proceed',
      ...progress({ captured: 9, refused: 1, warnings: 2, errors }),
    });
    await store.close();
    const again = await open(directory);
    expect(await again.get(ALICE, id)).toEqual(over);
    await again.close();
  });

  it('keeps what ended a job before its time in front of its errors', async () => {
    const store = await open(newDirectory());
    const { id } = await store.begin(ALICE, 'proceed', true);
    const failure = new AppError('TOO_LARGE', 'too large', { hint: 'send less' });
    const errors = Array.from({ length: 100 }, () => ({
      code: 'INVALID_RECORD' as const,
      message: 'm',
    }));
    store.finish({ id } as CaptureJob, progress({ errors }), failure);
    const job = await store.get(ALICE, id);
    expect(job.errors).toHaveLength(100);
    expect(job.errors[0]).toEqual({ code: 'TOO_LARGE', message: 'too large', hint: 'send less' });
    await store.close();
  });

  it('says of a job that was running when its node ended that it was interrupted, once', async () => {
    const directory = newDirectory();
    const store = await open(directory);
    const running = await store.begin(ALICE, 'rollback', true);
    store.update(running, progress({ captured: 500 }));
    const over = await store.begin(ALICE, 'rollback', false);
    store.finish(over, progress({ captured: 1 }));
    await store.close();
    clock += 60_000;
    for (let opened = 0; opened < 2; opened++) {
      const again = await open(directory);
      const job = await again.get(ALICE, running.id);
      expect(job).toMatchObject({ captured: 500, finishedAt: START + 60_000 });
      expect(job.errors).toHaveLength(1);
      expect(job.errors[0]).toMatchObject({ code: 'SHUTTING_DOWN' });
      expect(job.errors[0]?.hint).toContain('Idempotency-Key');
      expect((await again.get(ALICE, over.id)).errors).toEqual([]);
      await again.close();
    }
  });

  it('has what it was told in the hands of the system: a node that is killed leaves it behind', async () => {
    const directory = newDirectory();
    const store = await open(directory);
    const running = await store.begin(ALICE, 'proceed', false);
    store.update(running, progress({ captured: 700 }));
    await store.list(ALICE, 1);
    // as a kill would find it: not closed, its lock gone with the process
    const left = newDirectory();
    cpSync(directory, left, { recursive: true });
    const again = await open(left);
    expect(await again.get(ALICE, running.id)).toMatchObject({
      captured: 700,
      errors: [{ code: 'SHUTTING_DOWN' }],
    });
    await again.close();
    await store.close();
  });

  it('names nobody on disk', async () => {
    const directory = newDirectory();
    const store = await open(directory);
    await store.begin(ALICE, 'proceed', true);
    await store.close();
    const bytes = readdirSync(directory).map((name) =>
      readFileSync(join(directory, name), 'latin1'),
    );
    expect(bytes.join()).toContain('createdAt');
    expect(bytes.join()).not.toContain('alice');
  });

  it('shows a job to its owner only, and another the same as one that never was', async () => {
    const store = await open(newDirectory());
    const { id } = await store.begin(ALICE, 'proceed', false);
    const never = '00000000-0000-7000-8000-000000000000';
    const answers = await Promise.all([
      codeOf(store.get(ALICE, id)),
      codeOf(store.get(BOB, id)),
      codeOf(store.get({ ...ALICE, organisation: 'b' }, id)),
      codeOf(store.get(BOB, never)),
      codeOf(store.get(BOB, '../..')),
    ]);
    expect(answers).toEqual(['none', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect((await store.list(BOB, 10)).jobs).toEqual([]);
    await store.close();
  });

  it("lists an owner's jobs page by page, newest first, though many began in one millisecond", async () => {
    const store = await open(newDirectory());
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) {
      ids.unshift((await store.begin(ALICE, 'proceed', false)).id);
      await store.begin(BOB, 'proceed', false);
      if (i % 5 === 4) clock++;
    }
    const found: string[] = [];
    for (let before: string | undefined; ;) {
      const { jobs, hasNext } = await store.list(ALICE, 5, before);
      found.push(...jobs.map(({ id }) => id));
      if (!hasNext) break;
      before = jobs.at(-1)!.id;
    }
    expect(found).toEqual(ids);
    await store.close();
  });

  it('remembers the newest only', async () => {
    const directory = newDirectory();
    const store = await open(directory, { jobsMax: 20 });
    const ids: string[] = [];
    for (let i = 0; i < 50; i++) {
      const job = await store.begin(ALICE, 'proceed', false);
      store.finish(job, progress({ captured: i }));
      ids.unshift(job.id);
      // until what was done is written, so that each is counted
      await store.list(ALICE, 1);
    }
    const listed = await store.list(ALICE, 50);
    expect(listed.jobs.map(({ id }) => id)).toEqual(ids.slice(0, 20));
    expect(await codeOf(store.get(ALICE, ids[30]!))).toBe('NOT_FOUND');
    await store.close();
    const again = await open(directory, { jobsMax: 5 });
    expect((await again.list(ALICE, 50)).jobs.map(({ id }) => id)).toEqual(ids.slice(0, 5));
    await again.close();
  });

  it('forgets a job after thirty days, also before it is deleted', async () => {
    const directory = newDirectory();
    const store = await open(directory);
    const old = await store.begin(ALICE, 'proceed', false);
    store.finish(old, progress());
    clock = START + 20 * DAY_MS;
    const young = await store.begin(ALICE, 'proceed', false);
    store.finish(young, progress());
    clock = START + 30 * DAY_MS + 1;
    expect(await codeOf(store.get(ALICE, old.id))).toBe('NOT_FOUND');
    expect((await store.list(ALICE, 10)).jobs.map(({ id }) => id)).toEqual([young.id]);
    await store.close();
    clock = START;
    const early = await open(directory);
    expect((await early.list(ALICE, 10)).jobs).toHaveLength(2);
    await early.close();
    clock = START + 31 * DAY_MS;
    await (await open(directory)).close();
    clock = START;
    const late = await open(directory);
    expect((await late.list(ALICE, 10)).jobs.map(({ id }) => id)).toEqual([young.id]);
    await late.close();
  });

  it('begins nothing, and changes nothing, when it is closed', async () => {
    const store = await open(newDirectory());
    const job = await store.begin(ALICE, 'proceed', false);
    await store.close();
    expect(await codeOf(store.begin(ALICE, 'proceed', true))).toBe('SHUTTING_DOWN');
    expect(() => store.finish(job, progress())).not.toThrow();
  });
});
