import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { introspectionFromSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildApiSchema } from './schema.js';

const HEADER = '# Printed from the code by `npm run schema`. Do not edit.\n\n';

/** Writes the schema as GraphQL and as an introspection result; the same code always writes the same bytes. */
export function printApiSchema(directory: string): void {
  const schema = lexicographicSortSchema(buildApiSchema());
  const introspection = introspectionFromSchema(schema, { oneOf: true, specifiedByUrl: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(resolve(directory, 'schema.graphql'), `${HEADER}${printSchema(schema)}\n`);
  writeFileSync(
    resolve(directory, 'introspection.json'),
    `${JSON.stringify(introspection, undefined, 2)}\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printApiSchema('schema');
