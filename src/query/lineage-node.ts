import type { LineageNode } from '../graph/lineage.js';
import { formatGlobalId } from './global-id.js';
import type { Reader } from './reader.js';
import { mayRead } from './record.js';

/**
 * A record version in a lineage answer. Thousands are answered at once, so nothing is worked out before it is
 * asked for, and nothing of it takes a promise.
 */
export class LineageNodeView {
  constructor(
    readonly node: LineageNode,
    private readonly reader: Reader,
  ) {}

  get id(): string {
    return formatGlobalId({ kind: 'Record', cid: this.node.recordCid });
  }

  get cid(): string {
    return this.node.recordCid;
  }

  get rid(): string {
    return this.node.rid;
  }

  get version(): number {
    return this.node.ver;
  }

  get depth(): number {
    return this.node.depth;
  }

  get seq(): number {
    return this.node.seq;
  }

  get capturedAt(): number {
    return this.node.at;
  }

  get class(): string {
    return this.node.class;
  }

  get type(): string | null {
    return this.node.type ?? null;
  }

  get occurredAt(): number | null {
    return mayRead(this.reader, this.node) ? (this.node.occurredAt ?? null) : null;
  }

  get isLatest(): boolean {
    return this.node.isLatest;
  }

  /** What the index could do with it when it read it. */
  get indexState(): string {
    return this.node.state;
  }
}
