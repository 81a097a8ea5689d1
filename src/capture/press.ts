import { encodeBlock, type EncodedBlock } from '../archive/block.js';
import type { RecordRef } from '../archive/record-ref.js';
import { toBase64url, utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import { nonceOf } from '../crypto/idempotency.js';
import type { ScopeKey } from '../crypto/scope.js';
import { sealRecord } from '../crypto/seal.js';
import type { Signer } from '../crypto/signing-key.js';
import type { RecordCorrect, RecordPut } from '../ledger/statement.js';
import { formatSubmission, type Submission } from '../ledger/submission.js';
import { readDocument } from '../record/document.js';
import {
  toProblems,
  type Draft,
  type Problem,
  type RecordClass,
  type Warning,
} from '../record/draft.js';

export interface InputDocument {
  text: string;
  mediaType?: string;
}

/** What one call asks to be pressed into sealed, signed records. */
export interface PressJob {
  documents: InputDocument[];
  /** With it, the same content under the same key is captured once, however often it is sent. */
  idempotencyKey?: string;
  /** The classes this caller may write; all of them when absent. */
  classes?: readonly RecordClass[];
  /** Refuses what would otherwise only be warned of. */
  strict?: boolean;
  /** Present when the documents correct an earlier record: its id, next version and former statement. */
  correction?: { rid: string; ver: number; replaces: string };
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

/** A record that an earlier call with the same idempotency key has already brought in. */
export interface RepeatedRecord {
  document: number;
  pointer: string;
  seq: number;
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
}

export interface PressTools {
  log: string;
  author: Signer;
  /** Secret from which idempotent nonces are derived. */
  master: Uint8Array;
  now: () => number;
  randomBytes: (size: number) => Uint8Array;
}

const CHUNK_RECORDS = 256;

/** A draft as it waits for its chunk to be full: texts, not trees of objects. */
type CompactDraft = Omit<Draft, 'extract' | 'warnings'> & { extractText: string };

interface PlacedDraft {
  document: number;
  draft: CompactDraft;
}

/** What was read for the next chunk. */
interface Intake {
  drafts: PlacedDraft[];
  problems: DocumentProblem[];
  warnings: DocumentWarning[];
}

/**
 * Outside text in, sealed and signed records out, in chunks and in document order: draft, seal, sign.
 * No effects, so a crash here leaves nothing behind.
 */
export async function* press(
  job: PressJob,
  tools: PressTools,
  answers: PressAnswers,
): AsyncGenerator<PressedChunk> {
  const seen = new Map<string, number>();
  let intake: Intake = { drafts: [], problems: [], warnings: [] };
  for (const [document, { text, mediaType }] of job.documents.entries()) {
    for (const item of readDocument(text, { mediaType })) {
      takeIn(item, document, job, intake);
      if (intake.drafts.length + intake.problems.length >= CHUNK_RECORDS) {
        yield await pressIntake(intake, job, seen, tools, answers);
        intake = { drafts: [], problems: [], warnings: [] };
      }
    }
  }
  if (intake.drafts.length + intake.problems.length > 0) {
    yield await pressIntake(intake, job, seen, tools, answers);
  }
}

function takeIn(
  item: Draft | Problem,
  document: number,
  { classes, strict }: PressJob,
  { drafts, problems, warnings }: Intake,
): void {
  if ('code' in item) problems.push({ document, ...item });
  else if (classes?.includes(item.class) === false) problems.push(refuse(document, item));
  else if (strict && item.warnings) {
    for (const problem of toProblems(item.warnings)) problems.push({ document, ...problem });
  } else {
    drafts.push({ document, draft: compact(item) });
    for (const warning of item.warnings ?? []) warnings.push({ document, ...warning });
  }
}

async function pressIntake(
  { drafts, problems, warnings }: Intake,
  job: PressJob,
  seen: Map<string, number>,
  tools: PressTools,
  answers: PressAnswers,
): Promise<PressedChunk> {
  return { problems, warnings, ...(await pressDrafts(drafts, job, seen, tools, answers)) };
}

function compact({ extract, warnings: _, ...draft }: Draft): CompactDraft {
  return { ...draft, extractText: JSON.stringify(extract) };
}

function refuse(document: number, { pointer }: Draft): DocumentProblem {
  const message = 'this token is not good for writing records of this class';
  return { document, pointer, code: 'FORBIDDEN', message };
}

async function pressDrafts(
  drafts: PlacedDraft[],
  job: PressJob,
  seen: Map<string, number>,
  tools: PressTools,
  answers: PressAnswers,
): Promise<{ records: PressedRecord[]; repeated: RepeatedRecord[] }> {
  const nonces = drafts.map(({ draft }) => formatNonce(draft, job, seen, tools));
  const known = isRepeatable(job) ? await answers.used(nonces) : [];
  const fresh = drafts.map((item, i) => ({ ...item, nonce: nonces[i]!, seq: known[i] }));
  const repeated = fresh.flatMap(({ document, draft, seq }) =>
    seq === undefined ? [] : [{ document, pointer: draft.pointer, seq }],
  );
  const news = fresh.filter((item) => item.seq === undefined);
  const labels = [...new Set(news.map(({ draft }) => draft.scopeLabel))];
  const scopes = labels.length > 0 ? await answers.scopes(labels) : [];
  const scopeOf = new Map(labels.map((label, i) => [label, scopes[i]!]));
  const records: PressedRecord[] = [];
  // one after the other: what is made on the way to a record is garbage before the next is begun
  for (const { document, draft, nonce } of news) {
    records.push(
      await pressOne(document, draft, nonce, scopeOf.get(draft.scopeLabel)!, job, tools),
    );
  }
  return { records, repeated };
}

async function pressOne(
  document: number,
  draft: CompactDraft,
  nonce: string,
  scope: ScopeKey,
  job: PressJob,
  tools: PressTools,
): Promise<PressedRecord> {
  const { log, author, now, randomBytes } = tools;
  const rid = job.correction?.rid ?? toBase64url(randomBytes(16));
  const ver = job.correction?.ver ?? 1;
  const { text: plaintext, mediaType } = draft;
  const sealed = sealRecord({ plaintext, mediaType, log, rid, ver, scope, randomBytes });
  const block = encodeBlock(sealed.block);
  const body = {
    v: 1 as const,
    log,
    iat: now(),
    nonce,
    rid,
    ver,
    record: block.cid,
    size: sealed.sizeBytes,
    cekc: sealed.commitment,
    class: draft.class,
    links: [],
  };
  const submission = await formatSubmission<RecordPut | RecordCorrect>(
    job.correction
      ? { ...body, type: 'record.correct', replaces: job.correction.replaces }
      : { ...body, type: 'record.put' },
    author,
    { isFresh: !isRepeatable(job) },
  );
  const ref = { rid, ver, scopeId: toBase64url(scope.id), epoch: scope.epoch };
  return {
    document,
    pointer: draft.pointer,
    block,
    ref,
    submission,
    mediaType,
    extractText: draft.extractText,
  };
}

function isRepeatable(job: PressJob): boolean {
  return job.idempotencyKey !== undefined || job.correction !== undefined;
}

/**
 * Idempotent nonces come from key and content (and which of several equal contents it is), so that a retry
 * of a mended file repeats what was captured and adds only what was mended. A correction's nonce comes from
 * the statement it replaces: a version can be corrected once, and two who try at the same time cannot both win.
 */
function formatNonce(
  draft: CompactDraft,
  job: PressJob,
  seen: Map<string, number>,
  { master, randomBytes }: PressTools,
): string {
  if (!isRepeatable(job)) return toBase64url(randomBytes(16));
  if (job.correction) return nonceOf(master, `correct\0${job.correction.replaces}`, 0);
  const content = toBase64url(sha256(utf8(draft.text)));
  const ordinal = seen.get(content) ?? 0;
  seen.set(content, ordinal + 1);
  return nonceOf(master, `capture\0${job.idempotencyKey}\0${content}`, ordinal);
}
