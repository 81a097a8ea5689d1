import { RELATIONS } from '../../graph/edge/relation.js';
import { parseAddress, type RecordAddress } from '../address.js';
import type { LineageQuestion } from '../lineage-question.js';
import type { ExportParameters } from './export-parameter.js';

const DIRECTIONS = ['UPSTREAM', 'DOWNSTREAM', 'BOTH'] as const;
const DEPTH_DEFAULT = 100;
const POSITION = /^\d{1,15}$/;

/** Roots as `root=`: a CID, a rid, a global id or a ledger position; things as `thing=`. */
export function readRoots(parameters: ExportParameters): {
  roots: RecordAddress[];
  things?: string[];
} {
  const roots = (parameters.many('root') ?? []).map(addressOf);
  const things = parameters.many('thing');
  if (roots.length > 0 || things !== undefined) return { roots, things };
  throw parameters.refuse('root', 'is missing: the CID of a record, or thing=<identifier>');
}

/** `lineage` as a query string asks it, but for pages and position. */
export function readLineage(
  parameters: ExportParameters,
): Omit<LineageQuestion, 'nodesMax' | 'knownAt' | 'after'> {
  return {
    ...readRoots(parameters),
    direction: parameters.word('direction', DIRECTIONS) ?? 'UPSTREAM',
    depthMax: parameters.integer('depthMax') ?? DEPTH_DEFAULT,
    relations: parameters.words('relation', RELATIONS),
    types: parameters.many('type'),
    organisations: parameters.many('organisation'),
    occurredFrom: parameters.time('occurredFrom'),
    occurredBefore: parameters.time('occurredBefore'),
    asOf: parameters.time('asOf'),
  };
}

function addressOf(text: string): RecordAddress {
  return POSITION.test(text) ? { seq: Number(text) } : parseAddress(text);
}
