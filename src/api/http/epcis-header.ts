import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { HEADERS_OF_CALLERS } from './security.js';

const VERSION = '2.0.0';
const IS_VERSION = /^2(?:\.0){0,2}$/;

/** What this node speaks (EPCIS 2.0 section 12.4): one version of the standard and of its vocabulary. */
const EPCIS_HEADERS = {
  'gs1-epcis-version': VERSION,
  'gs1-epcis-min': VERSION,
  'gs1-epcis-max': VERSION,
  'gs1-cbv-version': VERSION,
  'gs1-vendor-version': `provtrail/${readVersion()}`,
};

/** Answers within a scope say which version of EPCIS they are of. */
export function registerEpcisHeaders(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers(EPCIS_HEADERS);
  });
}

/**
 * `OPTIONS` of a resource: what it takes and gives, for everyone. A browser's preflight, which asks the same way, gets
 * what it needs as well.
 */
export function registerDiscovery(
  scope: FastifyInstance,
  url: string,
  methods: string,
  headers: Record<string, string> = {},
): void {
  const config = { isPublic: true, cors: { preflight: false } };
  scope.options(url, { config }, async (request, reply) => {
    reply.headers({ allow: `${methods}, OPTIONS`, ...headers });
    if (request.headers['access-control-request-method'] !== undefined) allowPage(reply, methods);
    return reply.code(204).send();
  });
}

/** A page of an origin that may call has been told so already. */
function allowPage(reply: FastifyReply, methods: string): void {
  if (!reply.hasHeader('access-control-allow-origin')) return;
  reply.headers({
    'access-control-allow-methods': methods,
    'access-control-allow-headers': HEADERS_OF_CALLERS.join(', '),
    'access-control-max-age': '600',
  });
}

/**
 * Checks that the answer wanted is one that is given here.
 * @throws AppError NOT_ACCEPTABLE naming the header
 */
export function checkWanted({ headers }: FastifyRequest): void {
  const { 'gs1-epcis-version': version, 'gs1-epcis-min': min, 'gs1-epcis-max': max } = headers;
  const isVersion = version === undefined || IS_VERSION.test(String(version));
  if (!isVersion) throw notAcceptable('GS1-EPCIS-Version', `EPCIS ${VERSION} is spoken here`);
  if (compare(min, (part) => part > 0)) throw notAcceptable('GS1-EPCIS-Min', `EPCIS ${VERSION}`);
  if (compare(max, (part) => part < 0)) throw notAcceptable('GS1-EPCIS-Max', `EPCIS ${VERSION}`);
  for (const name of ['GS1-EPC-Format', 'GS1-CBV-XML-Format']) {
    const wanted = headers[name.toLowerCase()];
    if (wanted === undefined || wanted === 'No_Preference' || wanted === 'Never_Translates')
      continue;
    throw notAcceptable(name, 'events are sent as they were captured: Never_Translates');
  }
  if (!acceptsJson(headers.accept)) {
    throw notAcceptable('Accept', 'application/json or application/ld+json');
  }
}

/** @returns true when the version wanted differs from ours in that direction */
function compare(
  wanted: string | string[] | undefined,
  isWrong: (difference: number) => boolean,
): boolean {
  if (wanted === undefined) return false;
  const parts = String(wanted).split('.').map(Number);
  const differences = [2, 0, 0].map((own, i) => (parts[i] ?? 0) - own);
  const first = differences.find((difference) => difference !== 0) ?? 0;
  return Number.isNaN(first) || isWrong(first);
}

function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined) return true;
  return /\*\/\*|application\/(?:\*|(?:ld\+|problem\+)?json)/i.test(accept);
}

function notAcceptable(header: string, hint: string): AppError {
  return new AppError('NOT_ACCEPTABLE', `what ${header} asks for is not given here`, { hint });
}

/**
 * The namespaces that `GS1-Extensions: prefix=namespace` declares.
 * @throws AppError BAD_USER_INPUT
 */
export function readNamespaces({ headers }: FastifyRequest): Record<string, string> {
  const declared = [headers['gs1-extensions'] ?? []].flat().flatMap((value) => value.split(','));
  const pairs = declared.map((pair) => {
    const match = /^\s*([A-Za-z_][\w.-]*)=(\S{1,1024})\s*$/.exec(pair);
    if (match) return [match[1]!, match[2]!] as const;
    throw new AppError('BAD_USER_INPUT', 'GS1-Extensions is a list of prefix=namespace');
  });
  return Object.fromEntries(pairs);
}

function readVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
