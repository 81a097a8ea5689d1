import { captureDataset } from '../../../capture/dataset.js';
import { isAppError } from '../../../error.js';
import { parseSource, resolveSources } from '../../../query/dataset-source.js';
import { ownKey } from '../../idempotency-key.js';
import { writableClasses } from '../../writable-class.js';
import type { UserErrorType } from '../capture/capture.type.js';
import { checkIdempotencyKey, checkMay, shapeReceipt, toUserError } from '../capture/write.js';
import type { ApiContext } from '../context.js';
import type { CaptureDatasetInput } from './dataset.input.js';
import type { CaptureDatasetPayloadType } from './dataset.type.js';

/** What is wrong with the description or a source is data; what says nothing of the input stays an error. */
export async function writeDataset(
  { rooms, reader, viewer }: ApiContext,
  { content, sources, idempotencyKey, waitFor }: CaptureDatasetInput,
): Promise<CaptureDatasetPayloadType> {
  checkMay(reader, 'record.capture', { class: 'dataset' });
  checkIdempotencyKey(idempotencyKey);
  let sourceCount = 0;
  try {
    const { statements, missing } = await resolveSources(reader, sources.map(parseSource));
    sourceCount = statements.length;
    if (missing.length > 0) return refuse(missing.map(describeMissing), sourceCount);
    const receipt = await captureDataset(rooms, {
      text: content,
      sources: statements,
      idempotencyKey: ownKey(viewer, idempotencyKey),
      classes: writableClasses(viewer),
      waitFor,
    });
    return { receipt: shapeReceipt(receipt), sourceCount, userErrors: [] };
  } catch (error) {
    const isOfSources =
      isAppError(error, 'EMPTY_INPUT') || (isAppError(error, 'TOO_LARGE') && sourceCount === 0);
    const path = ['input', isOfSources ? 'sources' : 'content'];
    return refuse([toUserError(error, path)], sourceCount);
  }
}

/** Says nothing of whether it is missing or forbidden. */
function describeMissing(index: number): UserErrorType {
  return {
    code: 'NOT_FOUND',
    message: 'there is no such record',
    path: ['input', 'sources', String(index)],
    pointer: `/sources/${index}`,
  };
}

function refuse(userErrors: UserErrorType[], sourceCount: number): CaptureDatasetPayloadType {
  return { receipt: null, sourceCount, userErrors };
}
