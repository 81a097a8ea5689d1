import {
  getOperationAST,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { createHandler, type Handler, type RequestParams, type Response } from 'graphql-sse';
import { AppError } from '../../error.js';
import type { ApiContext } from '../graphql/context.js';
import { presentErrors, toGraphQLError } from '../graphql/error.js';
import { prepareOperation } from '../graphql/prepare.js';

/** Events that may wait for a slow reader; the subscription itself waits beyond that. */
const EVENTS_WAITING_MAX = 16;

/** What one stream carries through the handler: who asks, and how far its reader has come. */
export class StreamState {
  private waiting = 0;
  private wake: (() => void) | undefined;

  constructor(readonly context: ApiContext) {}

  /** Resolves when the reader has room for one more event. */
  async admit(): Promise<void> {
    while (this.waiting >= EVENTS_WAITING_MAX) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.waiting++;
  }

  /**
   * Hands the text on, and takes note of what the reader has taken. A stream that we cut short ends without
   * "complete", so that its reader knows to come back for the rest.
   */
  async *follow(text: AsyncIterable<string>): AsyncGenerator<string> {
    try {
      for await (const message of text) {
        if (message.startsWith('event: complete') && this.context.signal?.aborted) return;
        if (message.startsWith('event: next')) this.waiting--;
        this.wake?.();
        yield message;
      }
    } finally {
      this.waiting = 0;
      this.wake?.();
    }
  }
}

export type StreamHandler = Handler<undefined, StreamState>;

/** Subscriptions by the GraphQL over SSE protocol, distinct connections mode: one request, one operation, one stream. */
export function createStreamHandler(): StreamHandler {
  return createHandler<undefined, StreamState, Record<PropertyKey, unknown>>({
    // no token, no single connection mode: nothing is kept between requests
    authenticate: () => null,
    // prepareOperation has validated
    validate: () => [],
    onSubscribe: (request, params) => prepare(request.context, params) as never,
    async onNext(_context, request, result) {
      await request.context.admit();
      return present(result as ExecutionResult, request.context.context);
    },
  }) as StreamHandler;
}

function prepare({ context }: StreamState, params: RequestParams): ExecutionArgs | Response {
  const operation = prepareOperation(params, context);
  if (!('document' in operation)) return refuse(operation, context);
  const { document, operationName } = operation;
  if (getOperationAST(document, operationName)?.operation === 'subscription') return operation;
  return refuse([toGraphQLError(onlySubscriptions())], context);
}

function refuse(errors: readonly GraphQLError[], context: ApiContext): Response {
  const body = JSON.stringify({ errors: presentErrors(errors, context) });
  const http = errors[0]?.extensions['http'] as { status?: number } | undefined;
  return [body, { status: http?.status ?? 400, statusText: '' }];
}

function present(result: ExecutionResult, context: ApiContext): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: presentErrors(result.errors, context) as GraphQLError[] };
}

function onlySubscriptions(): AppError {
  return new AppError('BAD_USER_INPUT', 'only subscriptions are streamed', {
    hint: 'send queries and mutations to /graphql',
  });
}
