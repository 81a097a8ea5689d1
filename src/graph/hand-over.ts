import type { Extract } from '../record/draft.js';

/** What the index needs to know of a record's content. */
export interface RecordContent {
  mediaType: string;
  extract: Extract;
}

interface Held {
  content: RecordContent;
  weight: number;
  at: number;
}

/** Names and references held at once: some 50 MB of them. */
const WEIGHT_MAX = 150_000;
/** What has not been fetched by then was not captured after all. */
const KEPT_MS = 60_000;

/**
 * What has just been sealed, so that it need not be opened again to be indexed. Only a short cut: what is not in it is
 * read back from the archive. When it is full it takes nothing more, since the oldest is what is needed next.
 */
export class HandOver {
  private readonly held = new Map<string, Held>();
  private weight = 0;

  /** @param now ms */
  constructor(private readonly now: () => number) {}

  put(recordCid: string, content: RecordContent): void {
    if (this.weight >= WEIGHT_MAX) this.dropStale();
    if (this.weight >= WEIGHT_MAX || this.held.has(recordCid)) return;
    const { aliases, identifiers, references } = content.extract;
    const weight = 4 + aliases.length + identifiers.length + references.length;
    this.held.set(recordCid, { content, weight, at: this.now() });
    this.weight += weight;
  }

  take(recordCid: string): RecordContent | undefined {
    const held = this.held.get(recordCid);
    if (held) this.drop(recordCid, held);
    return held?.content;
  }

  private dropStale(): void {
    const oldest = this.now() - KEPT_MS;
    for (const [recordCid, held] of this.held) {
      if (held.at > oldest) return;
      this.drop(recordCid, held);
    }
  }

  private drop(recordCid: string, { weight }: Held): void {
    this.held.delete(recordCid);
    this.weight -= weight;
  }
}
