import { product } from './product.ts';
import type { IndexRow } from '../src/graph/row.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** As long and as scattered as a real one; nothing is behind it. */
function standIn(kind: string, seq: number): string {
  let text = '';
  for (let rest = (seq * 2_654_435_761) % 2 ** 40; rest > 0; rest = Math.floor(rest / 32)) {
    text += ALPHABET[rest % 32]!;
  }
  return `baguqeera${kind}${text}`.padEnd(61, 'a');
}

/**
 * Rows of a log as the follower would hand them to the index, made of EPCIS documents by the product's own reader,
 * without sealing and signing them: an index of a million events in minutes.
 */
export class SupplyLog {
  seq = 0;
  private rows: IndexRow[] = [];
  private readonly read: typeof import('../src/record/document.js').readDocument;

  private constructor(read: SupplyLog['read']) {
    this.read = read;
  }

  static async create(): Promise<SupplyLog> {
    const { readDocument } =
      await product<typeof import('../src/record/document.js')>('record/document.js');
    return new SupplyLog(readDocument);
  }

  /** @throws Error for a document the product refuses */
  add(text: string): void {
    for (const draft of this.read(text)) {
      if ('code' in draft) throw new Error(`refused: ${draft.code} ${draft.message}`);
      const seq = this.seq++;
      this.rows.push({
        seq,
        at: Date.UTC(2026, 0, 1) + seq,
        type: 'record.put',
        author: 'bench',
        links: [],
        rid: `rid-${seq}`,
        ver: 1,
        recordCid: standIn('r', seq),
        statementCid: standIn('s', seq),
        entryCid: standIn('e', seq),
        class: draft.class,
        mediaType: draft.mediaType,
        sizeBytes: text.length,
        state: 'AVAILABLE',
        extractText: JSON.stringify(draft.extract),
      });
    }
  }

  get waiting(): number {
    return this.rows.length;
  }

  take(): IndexRow[] {
    return this.rows.splice(0);
  }
}
