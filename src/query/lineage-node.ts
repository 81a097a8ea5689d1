import type { LineageNode, LineageRecord } from '../graph/lineage/lineage-node.js';
import { nameOf } from '../graph/lineage/lineage-node.js';
import { formatGlobalId } from './global-id.js';
import { organisationOf } from './organisation.js';
import type { Reader } from './reader.js';
import { mayRead } from './record.js';

/**
 * A record version or a thing in a lineage answer. Thousands are answered at once, so nothing is worked out before it is
 * asked for, and nothing of it takes a promise.
 */
export class LineageNodeView {
  constructor(
    readonly node: LineageNode,
    private readonly reader: Reader,
  ) {}

  /** Undefined for a thing. */
  get recordNode(): LineageRecord | undefined {
    return this.node.kind === 'RECORD' ? this.node : undefined;
  }

  get id(): string {
    const cid = this.recordNode?.recordCid;
    return cid === undefined ? this.key : formatGlobalId({ kind: 'Record', cid });
  }

  get key(): string {
    return nameOf(this.node);
  }

  get kind(): LineageNode['kind'] {
    return this.node.kind;
  }

  get uri(): string | null {
    return this.node.kind !== 'RECORD' && this.node.isNamed ? this.node.name : null;
  }

  get cid(): string | null {
    return this.recordNode?.recordCid ?? null;
  }

  get rid(): string | null {
    return this.recordNode?.rid ?? null;
  }

  get version(): number | null {
    return this.recordNode?.ver ?? null;
  }

  get depth(): number {
    return this.node.depth;
  }

  get seq(): number | null {
    return this.recordNode?.seq ?? null;
  }

  get capturedAt(): number | null {
    return this.recordNode?.at ?? null;
  }

  get class(): string | null {
    return this.recordNode?.class ?? null;
  }

  get type(): string | null {
    return this.recordNode?.type ?? null;
  }

  get author(): string | null {
    return this.recordNode?.author ?? null;
  }

  get organisation(): string | null {
    const node = this.recordNode;
    return node ? organisationOf(this.reader, node.author) : null;
  }

  get occurredAt(): number | null {
    const node = this.recordNode;
    return node && mayRead(this.reader, node) ? (node.occurredAt ?? null) : null;
  }

  get isLatest(): boolean | null {
    return this.recordNode?.isLatest ?? null;
  }

  /** What the index could do with it when it read it. */
  get indexState(): string | null {
    return this.recordNode?.state ?? null;
  }
}
