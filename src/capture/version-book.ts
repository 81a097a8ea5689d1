import { readEdition, warnOfContradiction, type Edition } from '../record/edition.js';
import type { Warning } from '../record/draft.js';
import { contentOf, type PlacedDraft } from './placed-draft.js';
import type { PressAnswers } from './press.js';
import { openVersion, type StoredVersion } from './stored-version.js';
import { findNewest } from './version-search.js';

/** A version that the log or this job has. */
export interface KnownVersion {
  rid: string;
  ver: number;
  /** What it states; absent when it cannot be opened any more. */
  content?: string;
  edition?: Edition;
  /** Of the idempotency key it was captured under. */
  call?: string;
  /** Its position, when it is in the log. */
  seq?: number;
  /** Known as soon as it is signed. */
  statementCid?: string;
}

/** What is to be done with a draft that may be there already. */
export type Plan =
  { repeats: KnownVersion } | { states: KnownVersion; former?: KnownVersion; warning?: Warning };

export interface BookTools {
  log: string;
  /**
   * Of the idempotency key. An older version of the same content under the same key is a repeat too: a retry may come late.
   * Under another key, the source has gone back to that content.
   */
  call?: string | undefined;
  nonceOf: (rid: string, ver: number) => string;
}

/** Versions asked for at once: each may be a block of 1.4 MB. */
const VERSIONS_AT_ONCE = 32;
/** How far back a late retry is looked for. */
const LOOK_BACK_VERSIONS = 32;

/** The newest version of each record a job has to do with: of the log at first, then of the job itself. */
export class VersionBook {
  private readonly newest = new Map<string, KnownVersion>();
  private readonly looked = new Set<string>();
  private readonly older = new Map<string, KnownVersion[]>();

  constructor(
    private readonly tools: BookTools,
    private readonly answers: Pick<PressAnswers, 'used' | 'versions'>,
  ) {}

  /** Looks up what the log has of these drafts' records. */
  async load(drafts: readonly PlacedDraft[]): Promise<void> {
    const rids = new Set<string>();
    for (const { known } of drafts) if (known && !this.looked.has(known.rid)) rids.add(known.rid);
    if (rids.size === 0) return;
    for (const rid of rids) this.looked.add(rid);
    const used = (nonces: string[]) => this.answers.used(nonces);
    const found = await findNewest([...rids], this.tools.nonceOf, used);
    const seqs = [...found.values()].map(({ seq }) => seq);
    for (const version of await this.read(seqs)) this.newest.set(version.rid, version);
    if (this.tools.call !== undefined) await this.lookBack(drafts);
  }

  /** Decides for the drafts of a job in their order; what it decides to state is the newest version from then on. */
  plan({ known, edition, pointer }: PlacedDraft & Required<Pick<PlacedDraft, 'known'>>): Plan {
    const { rid, content } = known;
    const former = this.newest.get(rid);
    if (former?.content === content) return { repeats: former };
    const older = this.older.get(rid)?.find((version) => version.content === content);
    if (older) return { repeats: older };
    const states = { rid, ver: (former?.ver ?? 0) + 1, content, edition };
    const warning = warnOfContradiction(former?.edition, edition, pointer);
    return { states, former, ...(warning && { warning }) };
  }

  state(version: KnownVersion): void {
    this.newest.set(version.rid, version);
  }

  private async lookBack(drafts: readonly PlacedDraft[]): Promise<void> {
    for (const { known } of drafts) {
      if (!known || this.older.has(known.rid)) continue;
      const newest = this.newest.get(known.rid);
      if (newest?.seq === undefined || newest.content === known.content) continue;
      this.older.set(known.rid, await this.olderThan(newest));
    }
  }

  private async olderThan({ rid, ver }: KnownVersion): Promise<KnownVersion[]> {
    const { nonceOf } = this.tools;
    const from = Math.max(1, ver - LOOK_BACK_VERSIONS);
    const nonces = Array.from({ length: ver - from }, (_, i) => nonceOf(rid, from + i));
    const seqs = nonces.length > 0 ? await this.answers.used(nonces) : [];
    const versions = await this.read(seqs.filter((seq) => seq !== undefined));
    return versions.filter(({ call }) => call === this.tools.call);
  }

  private async read(seqs: readonly number[]): Promise<KnownVersion[]> {
    const versions: KnownVersion[] = [];
    for (let at = 0; at < seqs.length; at += VERSIONS_AT_ONCE) {
      const stored = await this.answers.versions(seqs.slice(at, at + VERSIONS_AT_ONCE));
      for (const version of stored) versions.push(this.know(version));
    }
    return versions;
  }

  private know(version: StoredVersion): KnownVersion {
    const { rid, ver, seq, statementCid, published, call } = version;
    const text = openVersion(version, this.tools.log);
    const known = { rid, ver, seq, statementCid, ...(call !== undefined && { call }) };
    if (text === undefined) return known;
    return { ...known, content: contentOf(text, published), edition: readEdition(text) };
  }
}
