import type { App } from '../app.js';
import { captureDataset } from '../capture/dataset.js';
import { isAppError } from '../error.js';
import { parseSource, resolveSources } from '../query/dataset-source.js';
import { Reader } from '../query/reader.js';
import { localViewer } from './access.js';
import { ask, type RemoteNode } from './ask.js';
import { roomsOf } from './node.js';

export interface DatasetReceipt {
  cid: string;
  rid: string;
  version: number;
  seq: number;
  statementCid: string;
  /** It was there already, with the same description and sources. */
  repeated: boolean;
}

export interface DatasetOutcome {
  receipt: DatasetReceipt | null;
  sourceCount: number;
  /** `source`: index of the source it is about, when it is about one. */
  problems: { code: string; message: string; pointer: string; source?: number }[];
}

/** Takes the description of a dataset and the names of its sources. */
export type DatasetTarget = (content: string, sources: string[]) => Promise<DatasetOutcome>;

/** Into a data directory that this process has opened. */
export function localDataset(app: App): DatasetTarget {
  return async (content, sources) => {
    await app.follower.caughtUp(app.ledger.head().size);
    const reader = new Reader(roomsOf(app), localViewer(app.description, 'service'));
    const { statements, missing } = await resolveSources(reader, sources.map(parseSource));
    const outcome = { sourceCount: statements.length, problems: missing.map(describeMissing) };
    if (missing.length > 0) return { receipt: null, ...outcome };
    try {
      const receipt = await captureDataset(app, { text: content, sources: statements });
      const { recordCid: cid, rid, ver: version, seq, statementCid, repeated } = receipt;
      return { receipt: { cid, rid, version, seq, statementCid, repeated }, ...outcome };
    } catch (error) {
      if (!isAppError(error) || error.status >= 500) throw error;
      const { code, message, data } = error;
      return {
        receipt: null,
        ...outcome,
        problems: [{ code, message, pointer: data.pointer ?? '' }],
      };
    }
  };
}

interface Answer {
  captureDataset: {
    receipt: DatasetReceipt | null;
    sourceCount: number;
    userErrors: { code: string; message: string; path: string[]; pointer: string | null }[];
  };
}

const OPERATION = `mutation CaptureDataset($input: CaptureDatasetInput!) {
  captureDataset(input: $input) {
    receipt { cid rid version seq statementCid repeated }
    sourceCount
    userErrors { code message path pointer }
  }
}`;

/** Through a running node. */
export function remoteDataset(node: RemoteNode): DatasetTarget {
  return async (content, sources) => {
    const variables = { input: { content, sources } };
    const { captureDataset: payload } = await ask<Answer, typeof variables>(
      node,
      OPERATION,
      variables,
    );
    const problems = payload.userErrors.map(({ code, message, path, pointer }) => {
      const source = path[1] === 'sources' && path[2] !== undefined ? Number(path[2]) : undefined;
      const problem = { code, message, pointer: pointer ?? '' };
      return source === undefined ? problem : { ...problem, source };
    });
    return { receipt: payload.receipt, sourceCount: payload.sourceCount, problems };
  };
}

function describeMissing(source: number): DatasetOutcome['problems'][number] {
  const pointer = `/sources/${source}`;
  return { code: 'NOT_FOUND', message: 'there is no such record', pointer, source };
}
