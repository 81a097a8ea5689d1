import { AppError } from '../error.js';
import { healLevel, openLevel, storeError, type Level } from '../level.js';
import { LevelWriter } from '../level-writer.js';
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

interface NewScope {
  label: string;
  scope: ScopeKey;
}

/** A scope key made, but not on disk yet. */
interface Unsettled {
  scope: ScopeKey;
  stored: Promise<void>;
}

/**
 * The scope keys this node holds, in LevelDB.
 *
 * Consistency: what `promiseScopes` returns becomes durable behind it, or is lost; `settle` tells which. Whoever seals
 * with a key must not let anything name the sealed block before. A label has one scope however many ask for it at
 * once; reads are never stale.
 */
export class Keyring {
  /** On disk, all of them. */
  private readonly byLabel = new LruMap<string, ScopeKey>(CACHED_MAX);
  private readonly byId = new LruMap<string, ScopeKey>(CACHED_MAX);
  /** By label and by name. */
  private readonly unsettled = new Map<string, Unsettled>();
  /** Why keys that were lately made are lost. */
  private readonly lost = new LruMap<string, AppError>(CACHED_MAX);
  private readonly waiting: Call[] = [];
  private serving: Promise<void> | undefined;
  private readonly writer: LevelWriter;
  private isDoubtful = false;

  private constructor(
    private readonly level: Level,
    private readonly rows: ScopeRows,
    private readonly randomBytes: RandomBytes,
    private counted: number,
  ) {
    this.writer = new LevelWriter(level);
  }

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
   * The present scope key of each label, in order; made where there is none.
   * @throws AppError STORE_FULL, STORE_FAILED
   */
  promiseScopes(labels: string[]): Promise<ScopeKey[]> {
    const known = labels.map((label) => this.knownScope(label));
    if (known.every((scope) => scope !== undefined)) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.waiting.push({ labels, resolve, reject });
      this.serving ??= this.serveAll();
    });
  }

  /**
   * Resolves when the keys are on disk.
   * @throws AppError STORE_FULL, STORE_FAILED: what was sealed with them cannot be opened again
   */
  async settle(keys: Iterable<{ scopeId: string; epoch: number }>): Promise<void> {
    const names = new Set<string>();
    for (const { scopeId, epoch } of keys) names.add(`${scopeId}.${epoch}`);
    for (const name of names) {
      await this.unsettled.get(name)?.stored;
      if (this.byId.get(name) !== undefined) continue;
      const [scopeId = '', epoch] = name.split('.');
      if ((await this.scope(scopeId, Number(epoch))) !== undefined) continue;
      throw this.lost.get(name) ?? missing();
    }
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
    await this.writer.idle();
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
    await this.reassure();
    const keys = labels.map((label) => this.rows.labelKeyOf(label));
    const found = await this.level.getMany(keys);
    const made: NewScope[] = [];
    const scopes = await Promise.all(
      labels.map(async (label, i) => {
        const known = this.knownScope(label);
        if (known !== undefined) return known;
        const row = found[i];
        if (row !== undefined) return this.remember(label, await this.loadNamed(keys[i]!, row));
        const scope = createScope(this.randomBytes);
        made.push({ label, scope });
        return scope;
      }),
    );
    if (made.length > 0) this.store(made);
    return scopes;
  }

  /** A batch that failed may be on disk all the same: look again before a label is made anew. */
  private async reassure(): Promise<void> {
    if (!this.isDoubtful) return;
    await this.writer.idle();
    await healLevel(this.level);
    this.counted = await countScopes(this.level);
    this.isDoubtful = false;
  }

  private knownScope(label: string): ScopeKey | undefined {
    return this.byLabel.get(label) ?? this.unsettled.get(labelName(label))?.scope;
  }

  private remember(label: string, scope: ScopeKey): ScopeKey {
    this.byLabel.set(label, scope);
    this.byId.set(nameOf(scope.id, scope.epoch), scope);
    return scope;
  }

  /** Begins to make new keys durable. */
  private store(made: NewScope[]): void {
    const rows = made.flatMap(({ label, scope }) => [
      this.rows.formatLabel(label, scope),
      this.rows.formatScope(label, scope),
    ]);
    const written = this.writer.write(rows.map((row) => ({ type: 'put', ...row })));
    const stored = written.then(
      () => this.land(made),
      (error: unknown) => this.lose(made, storeError(error)),
    );
    // whoever settles hears of a failure; when nobody does, nothing was lost
    stored.catch(() => {});
    for (const { label, scope } of made) {
      const unsettled = { scope, stored };
      this.unsettled.set(labelName(label), unsettled);
      this.unsettled.set(nameOf(scope.id, scope.epoch), unsettled);
    }
  }

  private land(made: NewScope[]): void {
    for (const { label, scope } of made) this.remember(label, scope);
    this.forget(made);
    this.counted += made.length;
  }

  private lose(made: NewScope[], loss: AppError): never {
    this.isDoubtful = true;
    for (const { scope } of made) this.lost.set(nameOf(scope.id, scope.epoch), loss);
    this.forget(made);
    throw loss;
  }

  private forget(made: NewScope[]): void {
    for (const { label, scope } of made) {
      this.unsettled.delete(labelName(label));
      this.unsettled.delete(nameOf(scope.id, scope.epoch));
    }
  }

  private async loadNamed(key: Uint8Array, row: Uint8Array): Promise<ScopeKey> {
    const { id, epoch } = this.rows.openLabel(key, row);
    const scope = await this.load(id, epoch);
    if (scope === undefined) throw missing();
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

function missing(): AppError {
  return new AppError('STORE_FAILED', 'a key is missing in the keyring');
}

function nameOf(id: Uint8Array, epoch: number): string {
  return `${toBase64url(id)}.${epoch}`;
}

/** No id begins with a space. */
function labelName(label: string): string {
  return ` ${label}`;
}
