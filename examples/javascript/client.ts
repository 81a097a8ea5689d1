import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

const url = process.env['PROVTRAIL_URL'] ?? 'http://127.0.0.1:4000';
const headers = { authorization: `Bearer ${process.env['PROVTRAIL_TOKEN'] ?? ''}` };

/** A document that knows the types of its answer and its variables, as codegen's client preset makes them. */
export type Document<Answer, Variables> = Pick<
  TypedDocumentNode<Answer, Variables>,
  '__apiType'
> & { toString(): string };

export function document<Answer, Variables = Record<string, never>>(
  text: string,
): Document<Answer, Variables> {
  return { toString: () => text };
}

/** The data of a GraphQL answer. */
export async function ask<Answer, Variables>(
  query: Document<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query: query.toString(), variables }),
  });
  const { data, errors, message } = (await answer.json()) as {
    data?: Answer;
    errors?: { message: string }[];
    message?: string;
  };
  if (data && !errors) return data;
  throw new Error(errors?.[0]?.message ?? message ?? 'this is not a node');
}

/** The rows of an export, one by one as they come. Fails unless all of them came. */
export async function* exportRows<Row extends object>(
  what: string,
  parameters: Record<string, string> = {},
): AsyncGenerator<Row> {
  let end: { cursor: string | null } | undefined;
  for await (const line of lines(await openExport(what, 'jsonl', parameters))) {
    const row = JSON.parse(line) as Row & { export?: { cursor: string | null } };
    if (row.export) end = row.export;
    else yield row as Row;
  }
  if (!end || end.cursor) throw new Error('the export was cut; go on with after=<cursor>');
}

/** The bytes of an export; a transfer that breaks off throws. */
export async function openExport(
  what: string,
  format: string,
  parameters: Record<string, string> = {},
): Promise<ReadableStream<Uint8Array>> {
  const query = new URLSearchParams({ what, format, ...parameters });
  const answer = await fetch(`${url}/export?${query}`, { headers });
  if (answer.ok && answer.body) return answer.body;
  throw new Error(((await answer.json()) as { message: string }).message);
}

async function* lines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
