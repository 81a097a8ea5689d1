import { AppError } from '../error.js';
import { healLevel, openLevel, storeError, writeSynced, type Level } from '../level.js';
import { fromBase64url, isBase64url, toBase64url } from './bytes.js';
import { LruMap } from './lru.js';
import { systemRandomBytes, type RandomBytes } from './random.js';
import type { ScopeKey } from './scope.js';
import {
  CHECK_KEY,
  createScope,
  SCOPE_ID_BYTES,
  SCOPE_RANGE,
  scopeKeyOf,
  ScopeRows,
  type Row,
} from './scope-row.js';

const CACHED_MAX = 10_000;
const EPOCH_MAX = 0xffffffff;
/** Rows of some hundred bytes, the busy ones cached above the store. */
const SMALL_STORE = { writeBufferSize: 1024 * 1024, cacheSize: 2 * 1024 * 1024 };

interface Call {
  labels: string[];
  resolve: (scopes: ScopeKey[]) => void;
  reject: (error: AppError) => void;
}

/**
 * The scope keys this node holds, in LevelDB.
 *
 * Consistency: what `ensureScopes` returns is durable; the scopes of one call become so together or not at all; a label
 * has one scope however many ask for it at once; reads are never stale.
 */
export class Keyring {
  private readonly byLabel = new LruMap<string, ScopeKey>(CACHED_MAX);
  private readonly byId = new LruMap<string, ScopeKey>(CACHED_MAX);
  private readonly waiting: Call[] = [];
  private serving: Promise<void> | undefined;

  private constructor(
    private readonly level: Level,
    private readonly rows: ScopeRows,
    private readonly randomBytes: RandomBytes,
    private counted: number,
  ) {}

  /**
   * @param master 32 bytes
   * @throws AppError DATA_DIRECTORY_LOCKED when it is open elsewhere, KEY_REFUSED for another master key, STORE_FULL,
   * STORE_FAILED
   */
  static async open(
    directory: string,
    master: Uint8Array,
    { randomBytes = systemRandomBytes }: { randomBytes?: RandomBytes } = {},
  ): Promise<Keyring> {
    const rows = new ScopeRows(master, randomBytes);
    const level = await openLevel(directory, SMALL_STORE);
    try {
      await checkMaster(level, rows);
      return new Keyring(level, rows, randomBytes, await countScopes(level));
    } catch (error) {
      await level.close();
      throw storeError(error);
    }
  }

  /**
   * The present scope key of each label, in order; made where there is none. What arrives while one batch is being made
   * durable is the next batch.
   * @throws AppError STORE_FULL, STORE_FAILED
   */
  ensureScopes(labels: string[]): Promise<ScopeKey[]> {
    const cached = labels.map((label) => this.byLabel.get(label));
    if (cached.every((scope) => scope !== undefined)) return Promise.resolve(cached);
    return new Promise((resolve, reject) => {
      this.waiting.push({ labels, resolve, reject });
      this.serving ??= this.serveAll();
    });
  }

  /**
   * The key of a scope's epoch, or undefined when this node does not hold it.
   * @param id 16 bytes, or their base64url
   * @throws AppError STORE_FAILED
   */
  async scope(id: Uint8Array | string, epoch: number): Promise<ScopeKey | undefined> {
    const bytes = typeof id === 'string' ? decodeId(id) : id;
    const isEpoch = Number.isInteger(epoch) && epoch >= 1 && epoch <= EPOCH_MAX;
    if (bytes?.length !== SCOPE_ID_BYTES || !isEpoch) return undefined;
    try {
      return await this.load(bytes, epoch);
    } catch (error) {
      throw storeError(error);
    }
  }

  /** How many scope keys there are. */
  count(): number {
    return this.counted;
  }

  /** Waits for what was begun. */
  async close(): Promise<void> {
    await this.serving;
    await this.level.close();
  }

  private async serveAll(): Promise<void> {
    while (this.waiting.length > 0) await this.serve(this.waiting.splice(0));
    this.serving = undefined;
  }

  private async serve(calls: Call[]): Promise<void> {
    try {
      const labels = [...new Set(calls.flatMap((call) => call.labels))];
      const scopes = await this.loadOrCreate(labels);
      const byLabel = new Map(labels.map((label, i) => [label, scopes[i]!]));
      for (const call of calls) call.resolve(call.labels.map((label) => byLabel.get(label)!));
    } catch (error) {
      for (const call of calls) call.reject(storeError(error));
    }
  }

  private async loadOrCreate(labels: string[]): Promise<ScopeKey[]> {
    // a batch that failed may be on disk all the same: look before making a label anew
    if (await healLevel(this.level)) this.counted = await countScopes(this.level);
    const keys = labels.map((label) => this.rows.labelKeyOf(label));
    const found = await this.level.getMany(keys);
    const batch: Row[] = [];
    const scopes = await Promise.all(
      labels.map(async (label, i) => {
        const row = found[i];
        if (row !== undefined) return this.loadNamed(keys[i]!, row);
        const scope = createScope(this.randomBytes);
        batch.push(this.rows.formatLabel(label, scope), this.rows.formatScope(label, scope));
        return scope;
      }),
    );
    await this.write(batch);
    // remembered only now: a key that is not on disk must not seal anything
    scopes.forEach((scope, i) => {
      this.byLabel.set(labels[i]!, scope);
      this.byId.set(nameOf(scope.id, scope.epoch), scope);
    });
    return scopes;
  }

  private async loadNamed(key: Uint8Array, row: Uint8Array): Promise<ScopeKey> {
    const { id, epoch } = this.rows.openLabel(key, row);
    const scope = await this.load(id, epoch);
    if (scope === undefined) throw new AppError('STORE_FAILED', 'a key is missing in the keyring');
    return scope;
  }

  private async load(id: Uint8Array, epoch: number): Promise<ScopeKey | undefined> {
    const name = nameOf(id, epoch);
    const cached = this.byId.get(name);
    if (cached !== undefined) return cached;
    const row = await this.level.get(scopeKeyOf(id, epoch));
    if (row === undefined) return undefined;
    const scope = this.rows.openScope(id, epoch, row);
    this.byId.set(name, scope);
    return scope;
  }

  private async write(batch: Row[]): Promise<void> {
    if (batch.length === 0) return;
    const operations = batch.map((row) => ({ type: 'put' as const, ...row }));
    await writeSynced(this.level, operations);
    this.counted += batch.length / 2;
  }
}

/** The first open marks the keyring with its master key; with another one it would make every label anew. */
async function checkMaster(level: Level, rows: ScopeRows): Promise<void> {
  const check = await level.get(CHECK_KEY);
  if (check === undefined) {
    const { key, value } = rows.formatCheck();
    await level.put(key, value, { sync: true });
  } else if (!rows.isOwn(check)) {
    throw new AppError('KEY_REFUSED', 'the keyring belongs to another master key');
  }
}

async function countScopes(level: Level): Promise<number> {
  let counted = 0;
  for await (const _ of level.keys(SCOPE_RANGE)) counted++;
  return counted;
}

function decodeId(text: string): Uint8Array | undefined {
  return isBase64url(text, SCOPE_ID_BYTES) ? fromBase64url(text) : undefined;
}

function nameOf(id: Uint8Array, epoch: number): string {
  return `${toBase64url(id)}.${epoch}`;
}
