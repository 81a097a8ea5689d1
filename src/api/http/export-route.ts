import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError, isAppError } from '../../error.js';
import { Gate } from '../../gate.js';
import {
  checkFormat,
  formatFileName,
  formatText,
  MEDIA_TYPES,
} from '../../query/export/export-format.js';
import type { Asking } from '../../query/export/export-place.js';
import { ExportRows, type ExportQuestion } from '../../query/export/export-rows.js';
import {
  checkLineageFormat,
  LINEAGE_EXPORT,
  openLineageText,
} from '../../query/export/lineage-text.js';
import { openParquet } from '../../query/export/parquet.js';
import type { Rooms } from '../rooms.js';
import type { Deadline } from './deadline.js';
import { encodeExport } from './export-encoding.js';
import { endWith, startExportLife } from './export-life.js';
import type { OpenStreams } from './open-stream.js';

/** Each takes memory and disk of its own while it is written. */
const PARQUET_AT_ONCE = 2;

/**
 * `GET /export?what=records&format=jsonl&...`: all rows of a connection of the API, streamed no faster than they are read,
 * as of one ledger position, which the header `provtrail-export-position` says.
 *
 * JSON lines end with a line `{"export": {isComplete, reason, rows, position, cursor}}`, also when the export is cut by
 * its time, its token's or the node's end: `after=<cursor>` goes on there. CSV has no place for that, so a CSV that is
 * cut is a broken transfer (chunked, without its last chunk), never a short one; with `cursors=true` each row has the
 * cursor behind it. Parquet is prepared whole before its first byte is sent, with its length. What the answer lacks, as
 * far as it is known at the beginning, stands in `provtrail-export-incomplete`.
 */
export function registerExport(server: FastifyInstance, rooms: Rooms, streams: OpenStreams): void {
  const gate = new Gate(PARQUET_AT_ONCE);
  // what a process left behind that was killed is content in the clear
  server.addHook('onReady', () => rm(rooms.exportDirectory, { recursive: true, force: true }));
  server.route({ method: ['GET', 'HEAD'], url: '/export', compress: false, handler: sendExport });

  async function sendExport(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { format, question } = readQuestion(request);
    const life = startExportLife(request, reply, streams, rooms.now());
    try {
      const { viewer } = request.session;
      const asking = { rooms, viewer, signal: life.signal };
      const isHead = request.method === 'HEAD';
      const open = question.what === LINEAGE_EXPORT ? openLineage : openRows;
      const body = await open(asking, question, format, reply, isHead);
      if (!body) {
        life[Symbol.dispose]();
        return await reply.send();
      }
      const encoded = reply.hasHeader('content-length') ? body : encodeExport(request, reply, body);
      encoded.on('error', (error) => breakOff(request, reply, life, error));
      endWith(life, encoded);
      return await reply.send(encoded);
    } catch (error) {
      life[Symbol.dispose]();
      throw error;
    }
  }

  async function openLineage(
    asking: Asking,
    { parameters }: ExportQuestion,
    name: string,
    reply: FastifyReply,
    isHead: boolean,
  ): Promise<Readable | undefined> {
    const told = await openLineageText(asking, checkLineageFormat(name), parameters);
    setHeaders(reply, told.mediaType, told.extension, told.end);
    setLack(reply, told.end.reason);
    return isHead ? undefined : Readable.from(told.text, { objectMode: false });
  }

  async function openRows(
    asking: Asking,
    question: ExportQuestion,
    name: string,
    reply: FastifyReply,
    isHead: boolean,
  ): Promise<Readable | undefined> {
    const format = checkFormat(name);
    const rows = await ExportRows.open(asking, question);
    setHeaders(reply, MEDIA_TYPES[format], format, rows);
    setLack(reply, rows.lack);
    if (isHead) return undefined;
    if (format === 'parquet') return parquet(reply, rows);
    return Readable.from(formatText(rows, format), { objectMode: false });
  }

  function setHeaders(
    reply: FastifyReply,
    mediaType: string,
    extension: string,
    answer: { what: string; position: number },
  ): void {
    const fileName = formatFileName(answer, rooms.organisation.slug, extension);
    reply
      .type(mediaType)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .header('provtrail-export-position', String(answer.position));
  }

  async function parquet(reply: FastifyReply, rows: ExportRows): Promise<Readable> {
    const file = await gate.run(() => openParquet(rows, rooms.exportDirectory));
    setLack(reply, rows.lack);
    reply.header('content-length', (await stat(file.path)).size);
    return createReadStream(file.path).once('close', () => void file.discard());
  }

  /** By now nothing else can be said, even where not a byte has left. What nobody expected is for our log. */
  function breakOff(request: FastifyRequest, reply: FastifyReply, life: Deadline, error: Error) {
    reply.raw.destroy();
    if (life.signal.aborted || isAppError(error)) return;
    rooms.logger.error({ err: error, requestId: request.id }, 'an export broke off');
  }
}

/** What is known to be missing before the first byte. */
function setLack(reply: FastifyReply, reason: string | null): void {
  if (reason !== null) reply.header('provtrail-export-incomplete', reason);
}

function readQuestion({ query }: FastifyRequest): { format: string; question: ExportQuestion } {
  const { what, format = 'jsonl', ...others } = query as Record<string, string | string[]>;
  if (typeof what !== 'string' || typeof format !== 'string') {
    throw new AppError('BAD_USER_INPUT', 'say once what is to be exported, and in which format', {
      pointer: typeof what === 'string' ? '/format' : '/what',
      hint: 'like /export?what=records&format=csv',
    });
  }
  const parameters = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, [value].flat()]),
  );
  return { format, question: { what, parameters } };
}
