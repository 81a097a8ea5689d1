import http from 'node:http';
import https from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import type { Target } from './target-guard.js';

/** What came of a call. */
export type CallOutcome =
  | { kind: 'ANSWERED'; status: number; retryAfter?: string }
  | { kind: 'CONNECTION_FAILED' }
  | { kind: 'TIMEOUT' };

export interface WebhookCall {
  target: Target;
  headers: Record<string, string>;
  body: Uint8Array;
  /** For the whole exchange. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** So much of an answer is read, for politeness; nothing of it is used but its status. */
const ANSWER_BYTES_MAX = 4_096;
const HEADER_BYTES_MAX = 8_192;

/**
 * One POST. The connection goes to the addresses of the target and nowhere else; no redirect is followed, no proxy asked,
 * no connection kept. Never fails: whatever happens is an outcome.
 */
export function callWebhook(call: WebhookCall): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const request = openRequest(call);
    const timer = setTimeout(() => settle({ kind: 'TIMEOUT' }), call.timeoutMs);
    const abort = () => settle({ kind: 'CONNECTION_FAILED' });
    const settle = (outcome: CallOutcome) => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', abort);
      resolve(outcome);
      request.destroy();
    };
    call.signal.addEventListener('abort', abort, { once: true });
    if (call.signal.aborted) return abort();
    request.on('error', () => settle({ kind: 'CONNECTION_FAILED' }));
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      const answered = { kind: 'ANSWERED', status, retryAfter: headers['retry-after'] } as const;
      let read = 0;
      response.on('data', ({ length }: Buffer) => {
        read += length;
        if (read > ANSWER_BYTES_MAX) settle(answered);
      });
      response.on('end', () => settle(answered));
      // it has said what it had to say: how its body breaks off changes nothing
      response.on('error', () => settle(answered));
    });
    request.end(call.body);
  });
}

function openRequest({ target, headers, body }: WebhookCall): http.ClientRequest {
  const { url, addresses } = target;
  const options: https.RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(body.length) },
    lookup: pinLookup(addresses),
    maxHeaderSize: HEADER_BYTES_MAX,
  };
  if (!url.isSecure) return http.request(url.href, { ...options, agent: new http.Agent() });
  const agent = new https.Agent({ maxCachedSessions: 0 });
  // whatever the environment says
  return https.request(url.href, { ...options, agent, rejectUnauthorized: true });
}

/** Answers with what was checked, whatever is asked for. */
function pinLookup(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, options, done) => {
    if (options.all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  };
}
