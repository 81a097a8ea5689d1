import { encodeBlock, type EncodedBlock } from '../archive/block.js';
import type { RecordRef } from '../archive/record-ref.js';
import { toBase64url } from '../crypto/bytes.js';
import { callOf, nonceOf } from '../crypto/idempotency.js';
import type { ScopeKey } from '../crypto/scope.js';
import { sealRecord } from '../crypto/seal.js';
import type { Signer } from '../crypto/signing-key.js';
import type { RecordCorrect, RecordPut, StatementSources } from '../ledger/statement.js';
import { formatSubmission, type Submission } from '../ledger/submission.js';
import { readDocument } from '../record/document.js';
import {
  toProblems,
  type Draft,
  type Problem,
  type RecordClass,
  type Warning,
} from '../record/draft.js';
import { Reception, type Intake, type PlacedDraft } from './placed-draft.js';
import type { StoredVersion } from './stored-version.js';
import { VersionBook, type KnownVersion } from './version-book.js';

export interface InputDocument {
  text: string;
  mediaType?: string;
}

/** What an author chooses to say in clear beside a record: what it was made of. */
export interface Published {
  links: { rel: string; statement: string }[];
  sources?: StatementSources;
}

/** What one call asks to be pressed into sealed, signed records. */
export interface PressJob {
  documents: InputDocument[];
  /** With it, the same content under the same key is captured once, however often it is sent. */
  idempotencyKey?: string;
  /** What names of resources begin with whose fullUrl does not tell. */
  source?: string;
  /** Only these records: those that another call was faster with. */
  only?: { document: number; pointer: string }[];
  /** The classes this caller may write; all of them when absent. */
  classes?: readonly RecordClass[];
  /** Refuses what would otherwise only be warned of. */
  strict?: boolean;
  /** Present when the documents correct an earlier record: its id, next version and former statement. */
  correction?: { rid: string; ver: number; replaces: string };
  /** Stands in the statement of every record of the job. */
  published?: Published;
}

/** A record with nothing left to compute: two effects (put, append) make it real. */
export interface PressedRecord {
  document: number;
  pointer: string;
  block: EncodedBlock;
  ref: RecordRef;
  submission: Submission & { statement: RecordPut | RecordCorrect };
  mediaType: Draft['mediaType'];
  /** JSON text of the Extract: only the index, on another thread, reads it. */
  extractText: string;
}

export interface DocumentProblem extends Problem {
  document: number;
}

/** About a record that was kept. */
export interface DocumentWarning extends Warning {
  document: number;
}

/** A record that is there already, as it is: brought in by an earlier call, or earlier in this one. */
export interface RepeatedRecord {
  document: number;
  pointer: string;
  rid: string;
  /** Of the statement that brought it in. */
  nonce: string;
  /** Its position, unless this very call brings it in. */
  seq?: number;
}

export interface PressedChunk {
  records: PressedRecord[];
  repeated: RepeatedRecord[];
  problems: DocumentProblem[];
  warnings: DocumentWarning[];
}

/** What the press must ask of the rooms that hold state. */
export interface PressAnswers {
  /** Scope keys for the labels; they become durable while the press goes on. */
  scopes(labels: string[]): Promise<ScopeKey[]>;
  /** For each nonce of this author: the position it was used at, if it was. */
  used(nonces: string[]): Promise<(number | undefined)[]>;
  /** The record versions at these positions. */
  versions(seqs: number[]): Promise<StoredVersion[]>;
}

export interface PressTools {
  log: string;
  author: Signer;
  /** Secret from which the ids of records that have an identity, and all nonces, are derived. */
  master: Uint8Array;
  now: () => number;
  randomBytes: (size: number) => Uint8Array;
}

const CHUNK_RECORDS = 256;

/** A draft whose record and version are settled. */
interface Task {
  draft: PlacedDraft;
  version: KnownVersion;
  /** The version before; its statement may be one of this job. */
  former?: { statementCid?: string };
  /** Drawn a moment ago: nobody else can be stating it. */
  isFresh: boolean;
}

/**
 * Outside text in, sealed and signed records out, in chunks and in document order: draft, find the version, seal, sign.
 * No effects, so a crash here leaves nothing behind.
 */
export async function* press(
  job: PressJob,
  tools: PressTools,
  answers: PressAnswers,
): AsyncGenerator<PressedChunk> {
  const bench = new PressBench(job, tools, answers);
  const reception = new Reception(job, tools.master);
  for (const [document, { text, mediaType }] of job.documents.entries()) {
    if (!concerns(job, document)) continue;
    for (const item of readDocument(text, { mediaType, source: job.source })) {
      reception.take(item, document);
      if (reception.count >= CHUNK_RECORDS) yield await bench.press(reception.pass());
    }
  }
  if (reception.count > 0) yield await bench.press(reception.pass());
}

/** Under an idempotency key it counts how many equal contents came before. */
function concerns({ only, idempotencyKey }: PressJob, document: number): boolean {
  if (!only || idempotencyKey !== undefined) return true;
  return only.some((place) => place.document === document);
}

/** Presses the chunks of one job, one after the other. */
class PressBench {
  private readonly book: VersionBook;
  private readonly nonces = new Map<string, string>();
  private readonly call: string | undefined;

  constructor(
    private readonly job: PressJob,
    private readonly tools: PressTools,
    private readonly answers: PressAnswers,
  ) {
    const { log, master } = tools;
    const { idempotencyKey: key } = job;
    this.call = key === undefined ? undefined : callOf(master, key);
    const nonce = (rid: string, ver: number) => this.nonceOf(rid, ver);
    this.book = new VersionBook({ log, call: this.call, nonceOf: nonce }, answers);
  }

  async press({ drafts, problems, warnings }: Intake): Promise<PressedChunk> {
    const chunk: PressedChunk = { records: [], repeated: [], problems, warnings };
    this.nonces.clear();
    await this.book.load(drafts);
    const tasks = drafts.flatMap((draft) => this.settle(draft, chunk) ?? []);
    const labels = [...new Set(tasks.map(({ draft }) => draft.scopeLabel))];
    const scopes = labels.length > 0 ? await this.answers.scopes(labels) : [];
    const scopeOf = new Map(labels.map((label, i) => [label, scopes[i]!]));
    // one after the other: what is made on the way to a record is garbage before the next is begun
    for (const task of tasks) {
      const record = await this.pressOne(task, scopeOf.get(task.draft.scopeLabel)!);
      task.version.statementCid = record.submission.cid;
      chunk.records.push(record);
    }
    return chunk;
  }

  /** Which version of which record it is; undefined when there is nothing to press. */
  private settle(draft: PlacedDraft, chunk: PressedChunk): Task | undefined {
    const { correction, strict } = this.job;
    if (correction) {
      const { rid, ver, replaces } = correction;
      return { draft, version: { rid, ver }, former: { statementCid: replaces }, isFresh: false };
    }
    const { known, document, pointer } = draft;
    if (!known) {
      const rid = toBase64url(this.tools.randomBytes(16));
      return { draft, version: { rid, ver: 1 }, isFresh: true };
    }
    const plan = this.book.plan({ ...draft, known });
    if ('repeats' in plan) {
      const { rid, ver, seq } = plan.repeats;
      const nonce = this.nonceOf(rid, ver);
      chunk.repeated.push({ document, pointer, rid, nonce, ...(seq !== undefined && { seq }) });
      return undefined;
    }
    const { states: version, former, warning } = plan;
    if (warning && strict) {
      for (const problem of toProblems([warning])) chunk.problems.push({ document, ...problem });
      return undefined;
    }
    if (warning) chunk.warnings.push({ document, ...warning });
    this.book.state(version);
    return { draft, version, former, isFresh: false };
  }

  private async pressOne(
    { draft, version: { rid, ver }, former, isFresh }: Task,
    scope: ScopeKey,
  ): Promise<PressedRecord> {
    const { log, author, now, randomBytes } = this.tools;
    const { text: plaintext, mediaType, document, pointer, extractText } = draft;
    const sealed = sealRecord({ plaintext, mediaType, log, rid, ver, scope, randomBytes });
    const block = encodeBlock(sealed.block);
    const body = {
      v: 1 as const,
      log,
      iat: now(),
      nonce: this.nonceOf(rid, ver),
      rid,
      ver,
      record: block.cid,
      size: sealed.sizeBytes,
      cekc: sealed.commitment,
      class: draft.class,
      ...(this.job.published ?? { links: [] }),
    };
    const submission = await formatSubmission<RecordPut | RecordCorrect>(
      former
        ? { ...body, type: 'record.correct', replaces: former.statementCid! }
        : { ...body, type: 'record.put' },
      author,
      { isFresh },
    );
    const { call } = this;
    const key = { scopeId: toBase64url(scope.id), epoch: scope.epoch };
    const ref = { rid, ver, ...key, ...(call !== undefined && { call }) };
    return { document, pointer, block, ref, submission, mediaType, extractText };
  }

  /** Asked for when a version is looked up, and again when it is stated. */
  private nonceOf(rid: string, ver: number): string {
    const name = `${rid} ${ver}`;
    const nonce = this.nonces.get(name) ?? nonceOf(this.tools.master, rid, ver);
    this.nonces.set(name, nonce);
    return nonce;
  }
}
