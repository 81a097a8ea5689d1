import type { RecordNode } from '../graph/record/record-node.js';
import { findOneRecord } from './address.js';
import { getEntry, type EntryView } from './entry.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { mayList, shapeRecord, type RecordView } from './record.js';

/** A key and the organisation it speaks for. */
export interface AgentView {
  kid: string;
  organisation: string;
  log: string;
}

export type ActivityKind = 'CAPTURE' | 'CORRECTION';

export interface ActivityView {
  kind: ActivityKind;
  startedAt: number;
  endedAt: number;
  agent: AgentView;
}

export interface CustodyStepView {
  kind: ActivityKind;
  seq: number;
  entryCid: string;
  at: number;
  agent: AgentView;
  cid: string;
  version: number;
}

export interface ProvenanceView {
  record: RecordView;
  versions: RecordView[];
  versionCount: number;
  author: AgentView;
  activity: ActivityView;
  entry: EntryView;
  custody: CustodyStepView[];
  position: number | null;
}

/**
 * Where a record version comes from. A record version is a PROV entity, capture and correction its activities,
 * the author's key its agent.
 *
 * @throws AppError NOT_FOUND, UNAUTHENTICATED
 */
export async function getProvenance(reader: Reader, cid: string): Promise<ProvenanceView> {
  const { limits } = reader.rooms;
  const node = await findOneRecord(reader, { cid });
  const [known, entry, { cursor }] = await Promise.all([
    reader.ask((read) => read.versions(node.rid)),
    getEntry(reader, node.seq),
    reader.ask((read) => read.status()),
  ]);
  const visible = known.filter((version) => mayList(reader, version));
  const versions = visible.slice(-limits.firstMax);
  const author = agentOf(reader, node);
  return {
    record: shapeRecord(reader, node),
    versions: versions.map((version) => shapeRecord(reader, version)),
    versionCount: visible.length,
    author,
    activity: {
      kind: kindOf(node),
      startedAt: entry.statement.issuedAt,
      endedAt: node.at,
      agent: author,
    },
    entry,
    custody: versions.map((version) => custodyStep(reader, version)),
    position: formatPosition(cursor),
  };
}

function custodyStep(reader: Reader, version: RecordNode): CustodyStepView {
  const { seq, entryCid, at, recordCid, ver } = version;
  const agent = agentOf(reader, version);
  return { kind: kindOf(version), seq, entryCid, at, agent, cid: recordCid, version: ver };
}

function agentOf({ rooms }: Reader, { author }: RecordNode): AgentView {
  return { kid: author, organisation: rooms.organisation.name, log: rooms.ledger.log };
}

function kindOf({ ver }: RecordNode): ActivityKind {
  return ver === 1 ? 'CAPTURE' : 'CORRECTION';
}
