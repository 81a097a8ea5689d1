import { toBase64url, utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import { ridOf } from '../crypto/idempotency.js';
import { toProblems, type Draft, type Problem } from '../record/draft.js';
import type { DocumentProblem, DocumentWarning, PressJob, Published } from './press.js';

/** A draft as it waits for its chunk to be full: texts, not trees of objects. */
export interface PlacedDraft extends Omit<Draft, 'extract' | 'warnings' | 'identity'> {
  document: number;
  extractText: string;
  /** Present when the record may be there already: its id, and all that would be stated of it. */
  known?: { rid: string; content: string };
}

/** What was read for the next chunk. */
export interface Intake {
  drafts: PlacedDraft[];
  problems: DocumentProblem[];
  warnings: DocumentWarning[];
}

/** Takes in what a job's documents hold, item by item. */
export class Reception {
  private intake: Intake = emptyIntake();
  private readonly seen = new Map<string, number>();
  private readonly only: Set<string> | undefined;

  constructor(
    private readonly job: PressJob,
    private readonly master: Uint8Array,
  ) {
    this.only =
      job.only && new Set(job.only.map(({ document, pointer }) => nameOf(document, pointer)));
  }

  get count(): number {
    return this.intake.drafts.length + this.intake.problems.length;
  }

  /** What was taken in since the last call. */
  pass(): Intake {
    const { intake } = this;
    this.intake = emptyIntake();
    return intake;
  }

  take(item: Draft | Problem, document: number): void {
    const { classes, strict } = this.job;
    const { problems, warnings, drafts } = this.intake;
    if ('code' in item) {
      if (!this.only) problems.push({ document, ...item });
      return;
    }
    if (classes?.includes(item.class) === false) {
      if (!this.only) problems.push(refuse(document, item));
      return;
    }
    if (strict && item.warnings) {
      if (this.only) return;
      for (const problem of toProblems(item.warnings)) problems.push({ document, ...problem });
      return;
    }
    const draft = this.place(item, document);
    if (this.only?.has(nameOf(document, draft.pointer)) === false) return;
    drafts.push(draft);
    for (const warning of item.warnings ?? []) warnings.push({ document, ...warning });
  }

  private place(item: Draft, document: number): PlacedDraft {
    const { extract, warnings: _warnings, identity: _identity, ...draft } = item;
    const known = this.recognise(item);
    return { ...draft, document, extractText: JSON.stringify(extract), ...(known && { known }) };
  }

  /**
   * What has no identity of its own has one under an idempotency key: the key, the content, and which of several equal
   * contents it is. So a retry of a mended file repeats what was captured and adds only what was mended.
   */
  private recognise({ text, identity }: Draft): PlacedDraft['known'] {
    const { correction, idempotencyKey, published } = this.job;
    if (correction || (identity === undefined && idempotencyKey === undefined)) return undefined;
    const content = contentOf(text, published);
    if (identity !== undefined) return { rid: ridOf(this.master, identity), content };
    const digest = toBase64url(sha256(utf8(content)));
    const ordinal = this.seen.get(digest) ?? 0;
    this.seen.set(digest, ordinal + 1);
    return { rid: ridOf(this.master, `once|${idempotencyKey}|${digest}|${ordinal}`), content };
  }
}

/** All that is stated of a record: the same description with other sources is another version. */
export function contentOf(text: string, published?: Published): string {
  const { links = [], sources } = published ?? {};
  if (links.length === 0 && !sources) return text;
  const said = [links.map(({ rel, statement }) => [rel, statement]), sources?.list];
  return `${text}\0${JSON.stringify(said)}`;
}

/** Tells a place in a job from others. */
export function nameOf(document: number, pointer: string): string {
  return `${document} ${pointer}`;
}

function emptyIntake(): Intake {
  return { drafts: [], problems: [], warnings: [] };
}

function refuse(document: number, { pointer }: Draft): DocumentProblem {
  const message = 'this token is not good for writing records of this class';
  return { document, pointer, code: 'FORBIDDEN', message };
}
