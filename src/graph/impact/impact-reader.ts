import type { DatabaseSync } from 'node:sqlite';
import type { ImpactFilter, ImpactGroup, ImpactNode, ImpactStart, ImpactStep } from './impact.js';
import { ImpactEdges, type ImpactMark } from './impact-edges.js';
import { KindReader } from '../record/kind.js';
import type { LineageAccess } from '../lineage/lineage.js';
import { LineageAdmission } from '../lineage/lineage-admission.js';
import type { ThingSource } from '../lineage/lineage-thing.js';
import type { RecordReader } from '../record/record-reader.js';
import { formatRelationFilter } from '../edge/relation.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { nameThings } from '../edge/thing-name.js';

/**
 * One step of an impact walk at a time. The walk itself remembers where it has been (`impact-walk.ts`), on the thread of
 * whoever asks: no reader is held by it, and a reader that dies takes nothing with it.
 */
export class ImpactReader {
  private readonly edges: ImpactEdges;
  private readonly kinds: KindReader;
  private readonly terms: TermReader;
  private readonly admission: LineageAdmission;
  private readonly words: Select<[seq: number, kind: number, author: number]>;
  private readonly former: Select<[seq: number]>;
  private readonly unreadable: Select<[seq: number]>;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
    private readonly things: ThingSource,
  ) {
    this.edges = new ImpactEdges(database);
    this.kinds = new KindReader(database);
    this.terms = new TermReader(database);
    this.admission = new LineageAdmission(database, this.kinds, things);
    this.words = new Select(
      database,
      `SELECT r.seq, r.kind, r.author FROM json_each(?) j CROSS JOIN record r ON r.seq = j.value`,
    );
    this.former = new Select(
      database,
      `SELECT v.seq FROM json_each(?1) j CROSS JOIN record r ON r.seq = j.value
         CROSS JOIN record v ON v.seq = r.origin WHERE v.ver < r.ver
       UNION
       SELECT v.seq FROM json_each(?1) j CROSS JOIN record r ON r.seq = j.value
         CROSS JOIN record v INDEXED BY record_revision ON v.origin = r.origin AND v.origin <> v.seq
         WHERE v.ver < r.ver`,
    );
    this.unreadable = new Select(
      database,
      'SELECT seq FROM record INDEXED BY record_unreadable WHERE state <> 0 AND seq <= ? LIMIT 1',
    );
  }

  /**
   * @param uris of things
   * @param withFormer also the versions before a root: a correction touches what came of those
   */
  start(
    seqs: readonly number[],
    uris: readonly string[],
    position: number,
    withFormer: boolean,
  ): ImpactStart {
    const former = withFormer ? this.former.all(JSON.stringify(seqs)).map(([seq]) => seq) : [];
    const found = uris.length > 0 ? this.things.nodesOf(uris, position) : [];
    const things = found.filter((node) => node !== null);
    const nodes = [...new Set([...seqs, ...former, ...things])];
    const isMissing = things.length < found.length;
    return { nodes, isMissing, isBlind: this.unreadable.get(position) !== undefined };
  }

  /** What lies one step downstream, or as much of it as is read at once. */
  step(nodes: readonly number[], filter: ImpactFilter, after?: ImpactMark): ImpactStep {
    const { position: upTo, asOf, relations, access } = filter;
    const moment = { upTo, ...(asOf !== undefined && { asOf }) };
    const withThings = access?.things !== 'ABSENT';
    const chosen = formatRelationFilter(relations);
    const { found, ...reached } = this.edges.slice(nodes, chosen, moment, withThings, after);
    const hidden: number[] = [];
    const admitted = this.admit([...new Set(found)], filter, hidden);
    return { groups: this.group(admitted), hidden, ...reached };
  }

  /** In the order of `nodes`; null for what is not there. */
  describe(
    nodes: readonly number[],
    position: number,
    access?: LineageAccess,
  ): (ImpactNode | null)[] {
    const isThing = (node: number) => node < 0;
    const records = this.records.nodes(
      nodes.filter((node) => !isThing(node)),
      position,
    );
    const bySeq = new Map(records.map((record) => [record.seq, record]));
    const asked = nodes.filter(isThing);
    const things = nameThings(this.things, asked, access);
    return nodes.map((node) => (isThing(node) ? things.get(node) : bySeq.get(node)) ?? null);
  }

  private admit(found: number[], filter: ImpactFilter, hidden: number[]): number[] {
    const admit = this.admission.of(filter);
    if (!admit) return found;
    const admissions = admit(found);
    return found.filter((node, i) => {
      if (admissions[i] === 'HIDDEN') hidden.push(node);
      return admissions[i] === 'ADMITTED';
    });
  }

  private group(nodes: number[]): ImpactGroup[] {
    const groups = new Map<string, ImpactGroup>();
    const add = (key: string, node: number, begin: () => Omit<ImpactGroup, 'nodes'>) => {
      const known = groups.get(key);
      if (known) known.nodes.push(node);
      else groups.set(key, { ...begin(), nodes: [node] });
    };
    for (const [seq, kindId, author] of this.words.all(JSON.stringify(nodes))) {
      add(`${kindId} ${author}`, seq, () => {
        const kind = this.kinds.of(kindId);
        return {
          class: kind?.class ?? 'dataset',
          type: kind?.type ?? null,
          author: this.terms.textOf(author),
        };
      });
    }
    const asked = nodes.filter((node) => node < 0);
    for (const { node, kind } of asked.length > 0 ? this.things.describe(asked) : []) {
      add(kind, node, () => ({ class: null, type: kind, author: null }));
    }
    return [...groups.values()];
  }
}
