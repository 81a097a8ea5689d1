import type { Action, Resource } from '../../../access/policy.js';
import type { CaptureResult } from '../../../capture/capture.js';
import type { RecordReceipt } from '../../../capture/record-receipt.js';
import { AppError, isAppError } from '../../../error.js';
import { findOneRecord, notFound } from '../../../query/address.js';
import { parseSource } from '../../../record/fhir/source.js';
import { ownKey } from '../../idempotency-key.js';
import { writableClasses } from '../../writable-class.js';
import type { ApiContext } from '../context.js';
import type { CaptureInput, CorrectInput } from './capture.input.js';
import type {
  CapturePayloadType,
  CaptureWarningType,
  CorrectPayloadType,
  ReceiptType,
  UserErrorType,
} from './capture.type.js';

const IDEMPOTENCY_KEY_MAX = 256;

/** What the callee says of one part of the input becomes data; what says nothing of the input stays an error. */
export async function captureDocuments(
  { rooms, reader, viewer }: ApiContext,
  input: CaptureInput,
): Promise<CapturePayloadType> {
  checkMay(reader, 'record.capture');
  checkInput(input, rooms.limits.documentsMax);
  const { mode, waitFor, strict, source } = input;
  const documents = input.documents.map(({ content, mediaType }) => ({
    text: content,
    mediaType,
  }));
  try {
    const key = ownKey(viewer, input.idempotencyKey);
    const classes = writableClasses(viewer);
    const call = { documents, mode, waitFor, strict, source, idempotencyKey: key, classes };
    const result = await rooms.capture.capture(call);
    return {
      receipts: result.receipts.map(shapeReceipt),
      userErrors: userErrorsOf(result),
      warnings: warningsOf(result),
    };
  } catch (error) {
    const userErrors = [toUserError(error, ['input', 'documents'])];
    return { receipts: [], userErrors, warnings: [] };
  }
}

export async function correctRecord(
  { rooms, reader }: ApiContext,
  { record, document, waitFor }: CorrectInput,
): Promise<CorrectPayloadType> {
  checkMay(reader, 'record.correct');
  try {
    const { seq, class: recordClass, type } = await findOneRecord(reader, record);
    if (!reader.may('record.correct', { class: recordClass, type })) throw notFound();
    const { content: text, mediaType } = document;
    const receipt = await rooms.capture.correct({ seq, document: { text, mediaType }, waitFor });
    return { receipt: shapeReceipt(receipt), userErrors: [] };
  } catch (error) {
    const isRecord = isAppError(error, 'NOT_FOUND') || isAppError(error, 'NONCE_REUSED');
    const path = ['input', isRecord ? 'record' : 'document'];
    return { receipt: null, userErrors: [toUserError(error, path)] };
  }
}

/** @throws AppError UNAUTHENTICATED, FORBIDDEN */
export function checkMay(
  reader: ApiContext['reader'],
  action: Action,
  resource: Resource = {},
): void {
  reader.checkKnown();
  if (reader.may(action, resource)) return;
  throw new AppError('FORBIDDEN', 'this token is not good for writing', {
    hint: 'it takes the scope "write" and a role that captures records',
  });
}

function checkInput(
  { documents, idempotencyKey, source }: CaptureInput,
  documentsMax: number,
): void {
  if (source !== undefined) parseSource(source);
  if (documents.length > documentsMax) {
    const hint = 'send more in one document: a Bundle, an EPCIS document, or NDJSON to /capture';
    throw new AppError('TOO_LARGE', `at most ${documentsMax} documents in one call`, {
      hint,
      limit: documentsMax,
    });
  }
  checkIdempotencyKey(idempotencyKey);
}

/** @throws AppError BAD_USER_INPUT */
export function checkIdempotencyKey(idempotencyKey: string | undefined): void {
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,256}$/.test(idempotencyKey)) {
    throw new AppError(
      'BAD_USER_INPUT',
      `idempotencyKey has 1 to ${IDEMPOTENCY_KEY_MAX} visible ASCII characters`,
    );
  }
}

export function shapeReceipt({
  recordCid,
  ver,
  checkpoint,
  ...receipt
}: RecordReceipt): ReceiptType {
  return { ...receipt, cid: recordCid, version: ver, checkpoint: checkpoint ?? null };
}

function userErrorsOf({ problems }: CaptureResult): UserErrorType[] {
  return problems.map(place);
}

function warningsOf({ firstWarnings = [] }: CaptureResult): CaptureWarningType[] {
  return firstWarnings.map(place);
}

/** Says of what is the matter with a part of a document which argument that document was. */
function place(found: { document: number; pointer: string; code: string; message: string }) {
  const { document, pointer, code, message } = found;
  return { code, message, path: ['input', 'documents', String(document)], pointer };
}

/** Codes a caller can do something about are data; the rest (a full disk, a busy log, the unforeseen) is thrown. */
export function toUserError(error: unknown, path: string[]): UserErrorType {
  if (!isAppError(error) || error.status >= 500 || error.code === 'UNAUTHENTICATED') throw error;
  return { code: error.code, message: error.message, path, pointer: error.data.pointer ?? null };
}
