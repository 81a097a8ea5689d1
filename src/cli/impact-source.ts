import type { App } from '../app.js';
import type { Role } from '../access/viewer.js';
import { AppError, isAppError } from '../error.js';
import { parseAddress } from '../query/address.js';
import type { ImpactSummary } from '../query/impact.js';
import { readImpactBody } from '../query/impact-input.js';
import { streamImpact } from '../query/impact-stream.js';
import { Reader } from '../query/reader.js';
import { localViewer } from './access.js';
import { toError, type RemoteNode } from './ask.js';
import { roomsOf } from './node.js';

/** What is asked, as the command line says it. */
export interface ImpactWords {
  roots: string[];
  depthMax?: number;
  types?: string[];
  relations?: string[];
  knownAt?: number;
}

/** Lines of an answer, as they come. */
export type ImpactSource = (words: ImpactWords) => AsyncGenerator<string>;

const WALK_MAX_MS = 3_600_000;

/** From a data directory that this process has opened, once its index knows all of its log. */
export function localImpact(app: App, role: Role, signal: AbortSignal): ImpactSource {
  return async function* (words) {
    await app.follower.caughtUp(app.ledger.head().size);
    const rooms = roomsOf(app);
    const limits = { ...rooms.limits, deadlineMs: WALK_MAX_MS };
    const viewer = localViewer(app.description, role);
    const reader = new Reader({ ...rooms, limits }, viewer, signal);
    for await (const { text } of streamImpact(reader, readImpactBody(formatBody(words))))
      yield text;
  };
}

function formatBody({ roots, ...rest }: ImpactWords): object {
  return { roots: roots.map(parseAddress), ...rest };
}

/** From a running node; a stream without its last line has broken off. */
export function remoteImpact({ url, token }: RemoteNode, signal: AbortSignal): ImpactSource {
  return async function* (words) {
    const address = new URL('impact', url.endsWith('/') ? url : `${url}/`);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const body = JSON.stringify(formatBody(words));
    let answer: Response;
    try {
      answer = await fetch(address, { method: 'POST', headers, body, signal });
    } catch (error) {
      throw noAnswer(address.origin, error);
    }
    if (!answer.ok) throw toError((await answer.json()) as { code?: string });
    const decoder = new TextDecoder();
    try {
      if (!answer.body) return;
      for await (const bytes of answer.body) {
        yield decoder.decode(bytes as Uint8Array, { stream: true });
      }
    } catch (error) {
      if (isAppError(error)) throw error;
      throw new AppError('UNAVAILABLE', 'the answer broke off', {}, { cause: error });
    }
  };
}

/** The summary a stream ended with. @throws AppError UNAVAILABLE when it broke off before */
export function readSummary(tail: string): ImpactSummary {
  const line = tail.trimEnd().split('\n').at(-1) ?? '';
  const parsed = tail.endsWith('\n') ? (JSON.parse(line) as { kind?: string }) : {};
  const { kind, ...summary } = parsed;
  if (kind === 'summary') return summary as ImpactSummary;
  throw new AppError('UNAVAILABLE', 'the answer broke off before its end');
}

function noAnswer(origin: string, cause: unknown): AppError {
  return new AppError(
    'UNAVAILABLE',
    `there is no answer of a node from ${origin}`,
    { hint: 'is the node running? start one with: provtrail start --data DIR' },
    { cause },
  );
}
