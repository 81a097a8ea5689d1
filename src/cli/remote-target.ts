import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, ERROR_CODES, type ErrorCode } from '../error.js';
import type { BatchOutcome, CaptureMode, CaptureTarget } from './capture-target.js';
import type { Batch } from './source.js';
import type { Head } from './tally.js';

/** What `POST /capture` answers, as far as it is read here. A failure has a code, a refusal has counts. */
interface CaptureReply {
  code?: string;
  message?: string;
  hint?: string;
  pointer?: string;
  retryable?: boolean;
  captured?: number;
  repeated?: number;
  revised?: number;
  refused?: number;
  warnings?: number;
  head?: Head;
  problems?: { document?: number; line?: number; pointer: string; code: string; message: string }[];
}

const ATTEMPTS = 8;
const WAIT_MAX_MS = 30_000;

/** Captures through a running node by `POST /capture`. */
export function remoteTarget(url: string, token?: string): CaptureTarget {
  const endpoint = new URL('capture', url.endsWith('/') ? url : `${url}/`);
  let head: Head | undefined;
  return {
    async capture(batch, { mode, strict, source }) {
      endpoint.searchParams.set('strict', String(strict));
      if (source !== undefined) endpoint.searchParams.set('source', source);
      const reply = await send(endpoint, formatRequest(batch, mode, token));
      head = reply.head ?? head;
      return readReply(reply);
    },
    head: async () => head,
    close: async () => {},
  };
}

function formatRequest(batch: Batch, mode: CaptureMode, token?: string): RequestInit {
  return {
    method: 'POST',
    headers: {
      'content-type': mediaTypeOf(batch),
      'gs1-capture-error-behaviour': mode,
      'idempotency-key': encodeURIComponent(batch.idempotencyKey).slice(-200),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: batch.texts.join('\n'),
  };
}

function mediaTypeOf({ lines, texts: [first = ''] }: Batch): string {
  if (lines !== undefined) return 'application/x-ndjson';
  return /^\uFEFF?\s*</.test(first) ? 'application/xml' : 'application/json';
}

/** Tries again what the node says may succeed later; the idempotency key makes that safe. */
async function send(endpoint: URL, request: RequestInit): Promise<CaptureReply> {
  for (let attempt = 1; ; attempt++) {
    const response = await post(endpoint, request);
    const reply = await readBody(response);
    if (response.ok || !reply.retryable || attempt === ATTEMPTS) return reply;
    const seconds = Number(response.headers.get('retry-after')) || 1;
    await sleep(Math.min(seconds * 1_000, WAIT_MAX_MS));
  }
}

async function post(endpoint: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(endpoint, request);
  } catch (error) {
    throw new AppError(
      'UNAVAILABLE',
      `there is no answer from ${endpoint.origin}`,
      { hint: 'is the node running? start one with: provtrail start --data DIR' },
      { cause: error },
    );
  }
}

async function readBody(response: Response): Promise<CaptureReply> {
  try {
    return (await response.json()) as CaptureReply;
  } catch {
    const hint = 'is this the address of a provtrail node?';
    return { code: 'UNAVAILABLE', message: `the answer (${response.status}) is not ours`, hint };
  }
}

/** The reply's problems name a line of the request; a batch knows which line of the file that is. */
function readReply(reply: CaptureReply): BatchOutcome {
  const { captured = 0, repeated = 0, revised = 0, refused = 0 } = reply;
  const { warnings = 0, problems = [] } = reply;
  if (reply.code !== undefined && refused === 0) throw toError(reply);
  return {
    captured: captured + repeated,
    repeated,
    revised,
    refused,
    warnings,
    problems: problems.map(({ document, line, ...problem }) => ({
      document: line === undefined ? (document ?? 0) : line - 1,
      ...problem,
    })),
  };
}

function toError({ code = '', message = '', hint, pointer }: CaptureReply): AppError {
  const known = code in ERROR_CODES ? (code as ErrorCode) : 'INTERNAL';
  return new AppError(known, message, { hint, pointer });
}
