import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { AppError, ERROR_CODES, type ErrorCode } from '../error.js';

/** A node somewhere, and the right to ask it. */
export interface RemoteNode {
  url: string;
  token?: string;
}

/** An operation as text that knows the types of its answer and its variables. */
type Operation<Answer, Variables> = DocumentTypeDecoration<Answer, Variables> & {
  toString(): string;
};

interface GraphqlReply<Answer> {
  data?: Answer | null;
  errors?: { message: string; extensions?: { code?: string; hint?: string } }[];
  /** What a failure outside GraphQL says. */
  code?: string;
  message?: string;
  hint?: string;
}

/** @throws AppError of the code the node answered with; UNAVAILABLE when it does not answer */
export async function ask<Answer, Variables>(
  node: RemoteNode,
  operation: Operation<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const reply = await post<Answer>(node, { query: operation.toString(), variables });
  const failure = reply.errors?.[0] ?? (reply.code === undefined ? undefined : reply);
  if (failure) throw toError(failure);
  if (!reply.data) throw new AppError('UNAVAILABLE', 'the node answered with nothing');
  return reply.data;
}

async function post<Answer>(
  { url, token }: RemoteNode,
  body: object,
): Promise<GraphqlReply<Answer>> {
  const endpoint = new URL('graphql', url.endsWith('/') ? url : `${url}/`);
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    return (await response.json()) as GraphqlReply<Answer>;
  } catch (error) {
    throw new AppError(
      'UNAVAILABLE',
      `there is no answer of a node from ${endpoint.origin}`,
      { hint: 'is the node running? start one with: provtrail start --data DIR' },
      { cause: error },
    );
  }
}

/** What a node said of its failure, as an error of our own. */
export function toError(failure: {
  message?: string;
  code?: string;
  hint?: string;
  extensions?: { code?: string; hint?: string };
}): AppError {
  const { code = 'INTERNAL', hint } = failure.extensions ?? failure;
  const known = code in ERROR_CODES ? (code as ErrorCode) : 'INTERNAL';
  return new AppError(known, failure.message ?? 'the node failed', { hint });
}
