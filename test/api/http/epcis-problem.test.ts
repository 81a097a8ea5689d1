import { describe, expect, it } from '@jest/globals';
import { formatProblem, type EpcisSide } from '../../../src/api/http/epcis-problem.js';
import { AppError, ERROR_CODES, type ErrorCode } from '../../../src/error.js';

const typeOf = (code: ErrorCode, side: EpcisSide) =>
  formatProblem(new AppError(code, 'm'), side, 'request-1').type.replace('epcisException:', '');

describe('a problem of EPCIS', () => {
  it('says all that every other error says, and more', () => {
    const error = new AppError('BAD_USER_INPUT', 'parameter 1 is bad', {
      hint: 'mend it',
      pointer: '/a',
    });
    expect(formatProblem(error, 'query', 'request-1')).toEqual({
      type: 'epcisException:QueryParameterException',
      title: 'a parameter cannot be read',
      status: 400,
      detail: 'parameter 1 is bad',
      code: 'BAD_USER_INPUT',
      message: 'parameter 1 is bad',
      requestId: 'request-1',
      retryable: false,
      hint: 'mend it',
      pointer: '/a',
    });
  });

  it.each([
    ['UNAUTHENTICATED', 'SecurityException', 'SecurityException'],
    ['FORBIDDEN', 'SecurityException', 'SecurityException'],
    ['NOT_FOUND', 'NoSuchResourceException', 'NoSuchResourceException'],
    ['NOT_ACCEPTABLE', 'NotAcceptableException', 'NotAcceptableException'],
    ['TOO_LARGE', 'CaptureLimitExceededException', 'QueryTooLargeException'],
    ['BAD_CURSOR', 'ValidationException', 'QueryParameterException'],
    ['DEADLINE', 'ImplementationException', 'QueryTooComplexException'],
    ['INVALID_RECORD', 'ValidationException', 'ValidationException'],
    ['RATE_LIMITED', 'ImplementationException', 'ImplementationException'],
    ['STORE_FULL', 'ImplementationException', 'ImplementationException'],
    ['INTERNAL', 'ImplementationException', 'ImplementationException'],
  ] as const)('of %s is a %s in capture, a %s in a query', (code, capture, query) => {
    expect([typeOf(code, 'capture'), typeOf(code, 'query')]).toEqual([capture, query]);
  });

  it('has a title whatever the code', () => {
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
      expect(formatProblem(new AppError(code, 'm'), 'query', 'r').title).toMatch(/\w/);
    }
  });
});
