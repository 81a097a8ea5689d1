import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { registerErrorReply, toAppError } from '../../../src/api/http/error-reply.js';
import { formatRequestId } from '../../../src/api/http/request-log.js';
import { AppError, ERROR_CODES, type ErrorCode } from '../../../src/error.js';
import { createLogger } from '../../../src/log.js';

async function answerTo(error: Error) {
  const server = fastify({ logger: false, genReqId: formatRequestId });
  registerErrorReply(server, createLogger('silent'));
  server.get('/', () => Promise.reject(error));
  const answer = await server.inject('/');
  await server.close();
  return { answer, body: answer.json<Record<string, unknown>>() };
}

describe('a failure', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])(
    'is answered with its status: %s',
    async (code) => {
      const { status, retryable } = ERROR_CODES[code];
      const data = { pointer: '/a', hint: 'do this', limit: 7 };
      const { answer, body } = await answerTo(new AppError(code, 'in words', data));
      expect(answer.statusCode).toBe(status);
      expect(body).toEqual({
        code,
        message: 'in words',
        requestId: expect.any(String) as unknown,
        retryable,
        pointer: '/a',
        hint: 'do this',
      });
      expect(answer.headers['retry-after']).toBe(retryable ? '1' : undefined);
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('that nobody foresaw is kept from the caller', async () => {
    const { answer, body } = await answerTo(new TypeError('secret of a patient'));
    expect(answer.statusCode).toBe(500);
    expect(body['code']).toBe('INTERNAL');
    expect(answer.body).not.toContain('secret');
  });

  it('of the framework is told in our words', () => {
    const foreign = (code: string, statusCode: number) =>
      toAppError(Object.assign(new Error('quoting secret'), { code, statusCode }));
    expect(foreign('FST_ERR_CTP_BODY_TOO_LARGE', 413).code).toBe('TOO_LARGE');
    expect(foreign('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415).code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(foreign('FST_ERR_CTP_EMPTY_JSON_BODY', 400).code).toBe('EMPTY_INPUT');
    expect(foreign('FST_SOMETHING_NEW', 400)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(foreign('FST_SOMETHING_NEW', 400).message).not.toContain('secret');
    expect(foreign('FST_SOMETHING_NEW', 503).code).toBe('INTERNAL');
  });
});
