import type { FastifyReply, FastifyRequest } from 'fastify';
import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

const GZIP = /(?:^|,)\s*(?:gzip|\*)\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:$|,)))/i;
/** Fast: the text is wide and repeats itself. */
const LEVEL = 3;

/**
 * The text compressed, for a caller that reads it so. Not by the plugin that compresses everything else: that ends the
 * transfer in good order when its source breaks off, and nobody would know that something is missing.
 */
export function encodeExport(
  request: FastifyRequest,
  reply: FastifyReply,
  text: Readable,
): Readable {
  reply.header('vary', 'accept-encoding');
  if (!GZIP.test(request.headers['accept-encoding'] ?? '')) return text;
  reply.header('content-encoding', 'gzip');
  const body = createGzip({ level: LEVEL });
  // an error of the one is an error of the other
  pipeline(text, body, () => {});
  return body;
}
