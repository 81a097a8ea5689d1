import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { PER_PAGE_DEFAULT, PER_PAGE_MAX } from '../../query/event-parameter-page.js';

/** Tokens hold as long as the node keeps its key; so long it is promised. */
const TOKEN_DAYS = 30;
const DAY_MS = 86_400_000;

/** Which page of a list is wanted. */
export interface PageWanted {
  first: number;
  after?: string;
}

/** @throws AppError BAD_USER_INPUT also for parameters that a plain list does not have */
export function readPage({ query }: FastifyRequest): PageWanted {
  const { perPage, nextPageToken, ...others } = query as Record<string, unknown>;
  if (Object.keys(others).length > 0) {
    throw new AppError(
      'BAD_USER_INPUT',
      'this list has no parameters but perPage and nextPageToken',
    );
  }
  const first = perPage === undefined ? PER_PAGE_DEFAULT : Number(perPage);
  if (!Number.isInteger(first) || first < 1 || first > PER_PAGE_MAX) {
    throw new AppError('BAD_USER_INPUT', `perPage is a number from 1 to ${PER_PAGE_MAX}`);
  }
  if (nextPageToken === undefined) return { first };
  if (typeof nextPageToken === 'string') return { first, after: nextPageToken };
  throw new AppError('BAD_USER_INPUT', 'nextPageToken is given once');
}

/** Says where the next page is. */
export function setNextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  now: number,
): void {
  const { pathname, searchParams } = new URL(request.url, 'http://node');
  searchParams.set('nextPageToken', token);
  reply.header('link', `<${pathname}?${searchParams.toString()}>; rel="next"`);
  reply.header('gs1-next-page-token-expires', new Date(now + TOKEN_DAYS * DAY_MS).toISOString());
}
