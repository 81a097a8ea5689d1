import type { FastifyRequest } from 'fastify';
import type { CaptureMode } from '../../capture/capture.js';
import type { Durability } from '../../capture/record-receipt.js';
import { AppError } from '../../error.js';
import type { RecordClass } from '../../record/draft.js';
import { parseSource } from '../../record/fhir/source.js';
import { ownKey } from '../idempotency-key.js';
import { writableClasses } from '../writable-class.js';

/** How a bulk capture is to be done, read from media type, headers and query. */
export interface CaptureOrder {
  isLines: boolean;
  /** What the documents are, when the caller said more than "JSON". */
  mediaType?: string;
  mode: CaptureMode;
  idempotencyKey?: string;
  waitFor: Durability;
  /** Refuses what would otherwise only be warned of. */
  strict: boolean;
  /** Whose FHIR resources these are: what their names begin with where no fullUrl tells. */
  source?: string;
  /** The classes this caller may write. */
  classes: RecordClass[];
}

/** Media types read here, and what each says of its documents. */
export const CAPTURE_MEDIA_TYPES: Record<string, { isLines: boolean; mediaType?: string }> = {
  'application/json': { isLines: false },
  'application/fhir+json': { isLines: false, mediaType: 'application/fhir+json' },
  'application/ld+json': { isLines: false, mediaType: 'application/ld+json' },
  'application/prov+json': { isLines: false, mediaType: 'application/prov+json' },
  'application/xml': { isLines: false, mediaType: 'application/xml' },
  'text/xml': { isLines: false, mediaType: 'text/xml' },
  'application/x-ndjson': { isLines: true },
  'application/ndjson': { isLines: true },
  'application/fhir+ndjson': { isLines: true, mediaType: 'application/fhir+json' },
};

const KEY_LENGTH_MAX = 256;

/** @throws AppError BAD_USER_INPUT, UNSUPPORTED_MEDIA_TYPE */
export function readCaptureOrder(request: FastifyRequest): CaptureOrder {
  const [mediaType = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
  const kind = CAPTURE_MEDIA_TYPES[mediaType.trim().toLowerCase()];
  if (!kind || !parameters.every(isUtf8)) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'this media type is not captured here', {
      hint: Object.keys(CAPTURE_MEDIA_TYPES).join(', '),
    });
  }
  const query = request.query as Record<string, unknown>;
  return {
    ...kind,
    mode: readMode(request.headers['gs1-capture-error-behaviour'], kind.isLines),
    idempotencyKey: readKey(request),
    waitFor: readWaitFor(query['waitFor']),
    strict: readFlag(query['strict']),
    source: readSource(query['source']),
    classes: writableClasses(request.session.viewer),
  };
}

/** True for a caller that takes the job for an answer: one who prefers it, and every client of EPCIS 2.0. */
export function wantsJob({ headers }: FastifyRequest): boolean {
  const prefer = [headers.prefer ?? []].flat().join(',').toLowerCase();
  const isPreferred = prefer.split(/[,;]/).some((word) => word.trim() === 'respond-async');
  return isPreferred || headers['gs1-epcis-version'] !== undefined;
}

function isUtf8(parameter: string): boolean {
  const [name = '', value = ''] = parameter.toLowerCase().split('=');
  return name.trim() !== 'charset' || /^\s*"?(?:utf-8|us-ascii)"?\s*$/.test(value);
}

function readMode(header: string | string[] | undefined, isLines: boolean): CaptureMode {
  if (header === undefined) return isLines ? 'proceed' : 'rollback';
  if (header === 'rollback' || header === 'proceed') return header;
  throw new AppError('BAD_USER_INPUT', 'GS1-Capture-Error-Behaviour is rollback or proceed');
}

function readKey({ headers, session }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length === 0 || key.length > KEY_LENGTH_MAX)
    throw new AppError('BAD_USER_INPUT', `Idempotency-Key has 1 to ${KEY_LENGTH_MAX} characters`);
  return ownKey(session.viewer, key);
}

function readWaitFor(value: unknown): Durability {
  if (value === undefined) return 'PUBLISHED';
  if (value === 'SEQUENCED' || value === 'PUBLISHED' || value === 'INDEXED') return value;
  throw new AppError('BAD_USER_INPUT', 'waitFor is SEQUENCED, PUBLISHED or INDEXED');
}

function readSource(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return parseSource(typeof value === 'string' ? value : '');
}

function readFlag(value: unknown): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new AppError('BAD_USER_INPUT', 'strict is true or false');
}
