import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { AppError } from '../../error.js';
import { formatErrorBody, sendError } from './error-reply.js';
import { formatRequestId } from './request-log.js';

/** An address that is none; Fastify itself would quote it. */
export function refuseAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void sendError(reply, new AppError('NOT_FOUND', 'there is nothing here'), request);
}

/** Bytes that are not HTTP, headers that are too long or come too slowly: there is no request to answer, only a socket. */
export function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const body = JSON.stringify(formatErrorBody(faultOf(error), formatRequestId()));
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function faultOf({ code }: NodeJS.ErrnoException): AppError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new AppError('DEADLINE', 'the headers came too slowly');
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('TOO_LARGE', 'the headers are too long');
  return new AppError('BAD_USER_INPUT', 'this is not HTTP');
}
