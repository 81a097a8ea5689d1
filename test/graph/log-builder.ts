import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphReader } from '../../src/graph/graph-reader.js';
import { GraphWriter } from '../../src/graph/graph-writer.js';
import type { IndexRow } from '../../src/graph/row.js';
import type { Extract, Relation } from '../../src/record/draft.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A CID-shaped text for a number. */
export function fakeCid(kind: 'r' | 's' | 'e', seq: number): string {
  let text = '';
  for (let rest = seq; rest > 0; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  return `baguqeera${kind}${text.padStart(51, 'a')}`;
}

/** What a row tells of its content. */
export function extractOf({ extractText }: IndexRow): Extract | undefined {
  return extractText === undefined ? undefined : (JSON.parse(extractText) as Extract);
}

export interface RowSpec extends Partial<Omit<IndexRow, 'extractText'>> {
  extract?: Partial<Extract>;
  /** Short for references of one relation. */
  from?: string[];
  relation?: Relation;
}

/** Makes the rows of a log one after the other, the way a follower would. */
export class LogBuilder {
  readonly rows: IndexRow[] = [];

  constructor(private readonly startAt = 1_700_000_000_000) {}

  /** A row that is no record: genesis, a key. */
  addOther(): IndexRow {
    return this.push({ type: 'key.add', state: 'AVAILABLE' });
  }

  /** A record named `name`, derived from the names in `from`. */
  add(name: string, spec: RowSpec = {}): IndexRow {
    const seq = this.rows.length;
    const { from = [], relation = 'wasDerivedFrom', extract, ...rest } = spec;
    const told: Extract = {
      type: 'Claim',
      aliases: [name],
      identifiers: [],
      references: from.map((target, i) => ({ target, relation, path: `/source/${i}` })),
      ...extract,
    };
    return this.push({
      type: 'record.put',
      rid: `rid-${seq}`,
      ver: 1,
      recordCid: fakeCid('r', seq),
      class: 'fhir.resource',
      sizeBytes: 512,
      mediaType: 'application/fhir+json',
      state: 'AVAILABLE',
      ...rest,
      extractText: rest.state && rest.state !== 'AVAILABLE' ? undefined : JSON.stringify(told),
    });
  }

  /** The next version of `former`. */
  revise(former: IndexRow, name: string, spec: RowSpec = {}): IndexRow {
    return this.add(name, {
      type: 'record.correct',
      rid: former.rid,
      ver: former.ver! + 1,
      replaces: former.statementCid,
      ...spec,
    });
  }

  private push(row: Partial<IndexRow> & Pick<IndexRow, 'type' | 'state'>): IndexRow {
    const seq = this.rows.length;
    const made: IndexRow = {
      seq,
      entryCid: fakeCid('e', seq),
      statementCid: fakeCid('s', seq),
      at: this.startAt + seq * 1_000,
      author: 'author-1',
      links: [],
      ...row,
    };
    this.rows.push(made);
    return made;
  }
}

/** A writer and a reader on an index of their own, in a directory that goes away. */
export class TestIndex {
  readonly directory = mkdtempSync(join(tmpdir(), 'provtrail-graph-'));
  readonly path = join(this.directory, 'graph.sqlite');
  writer = GraphWriter.open(this.path);
  reader: GraphReader;

  constructor(now?: () => number) {
    this.reader = GraphReader.open(this.path, now);
  }

  static of(rows: IndexRow[], now?: () => number): TestIndex {
    const index = new TestIndex(now);
    index.writer.apply(rows);
    return index;
  }

  /** Every edge, by seq, as `2 -wasDerivedFrom-> 1 /source/0`, sorted. */
  edges(): string[] {
    const { cursor } = this.reader.status();
    const seqs = Array.from({ length: cursor }, (_, seq) => seq);
    const seqOf = new Map(seqs.map((seq) => [fakeCid('r', seq), seq]));
    return this.reader
      .recordsBySeq(seqs)
      .flatMap((node) => (node ? this.reader.edgesOf(node.recordCid, 'UPSTREAM').edges : []))
      .map(({ from, to, relation, path }) => {
        return `${seqOf.get(from)} -${relation}-> ${seqOf.get(to)} ${path}`;
      })
      .sort();
  }

  close(): void {
    this.reader.close();
    this.writer.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
