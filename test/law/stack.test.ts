import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** HOUSE: imports point down; rooms on one line are strangers. */
const LEVELS: Record<string, number> = {
  'error.ts': 1,
  'gate.ts': 1,
  'log.ts': 1,
  'new-file.ts': 1,
  'level.ts': 1.5, // beside error and log, and uses them
  'level-writer.ts': 1.6,
  crypto: 2,
  access: 2,
  record: 3,
  ledger: 3,
  sample: 3,
  archive: 4,
  graph: 5,
  facts: 5.5, // follows the index
  capture: 6,
  query: 6,
  watch: 6.5, // answers the questions that were saved
  api: 7,
  'config.ts': 7,
  'data-directory.ts': 8,
  'app.ts': 9,
  cli: 10,
  'main.ts': 11,
};

/** A foreign library enters through these doors only. */
const DOORS: Record<string, string[]> = {
  helia: ['archive'],
  '@helia/json': ['archive'],
  multiformats: ['archive', 'crypto'],
  jose: ['crypto', 'api'],
  'classic-level': ['level.ts'],
  'node:sqlite': ['graph'],
  '@duckdb/node-api': ['facts'],
  'type-graphql': ['api'],
  '@apollo/server': ['api'],
  '@as-integrations/fastify': ['api'],
  fastify: ['api'],
  'graphql-sse': ['api'],
  graphql: ['api'],
  'node:http': ['api', 'watch'],
  'node:https': ['watch'],
  'node:dns': ['watch'],
  commander: ['cli', 'main.ts'],
  'cli-progress': ['cli'],
  'jsonc-parser': ['record'],
  saxes: ['record'],
};

const SRC = resolve('src');

interface Import {
  file: string;
  room: string;
  target: string;
}

function* sources(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

function imports(): Import[] {
  return [...sources(SRC)].flatMap((path) => {
    const file = relative(SRC, path);
    const text = readFileSync(path, 'utf8');
    const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
      (match) => match[1]!,
    );
    return targets.map((target) => ({ file, room: roomOf(file), target }));
  });
}

function roomOf(file: string): string {
  return file.split('/')[0]!;
}

const all = imports();

describe('the stack', () => {
  it('knows every room', () => {
    const unknown = [...new Set(all.map(({ room }) => room))].filter((room) => !LEVELS[room]);
    expect(unknown).toEqual([]);
  });

  it('imports only downwards, and never a stranger on its own level', () => {
    const breaches = all
      .filter(({ target }) => target.startsWith('.'))
      .map((item) => {
        const path = relative(SRC, resolve(SRC, dirname(item.file), item.target));
        const room = path.includes('/') ? roomOf(path) : path.replace(/\.js$/, '.ts');
        return { ...item, to: room };
      })
      .filter(({ room, to }) => room !== to && !(LEVELS[room]! > (LEVELS[to] ?? Infinity)))
      .map(({ file, to }) => `${file} reaches up or sideways into ${to}`);
    expect(breaches).toEqual([]);
  });

  it('lets each foreign library in through its own door', () => {
    const breaches = all.flatMap(({ file, room, target }) => {
      const name = Object.keys(DOORS).find(
        (door) => target === door || target.startsWith(`${door}/`),
      );
      return name && !DOORS[name]!.includes(room) ? [`${file} lets in ${target}`] : [];
    });
    expect(breaches).toEqual([]);
  });

  it('keeps derived state out of the write flow', () => {
    const breaches = all
      .filter(({ room, target }) => room === 'capture' && target.includes('/graph/'))
      .map(({ file }) => file);
    expect(breaches).toEqual([]);
  });
});

describe('law 3', () => {
  it('lets ledger/verify reach nothing that stores, listens or needs Node', () => {
    const reached = new Set<string>();
    const queue = ['ledger/verify.ts'];
    for (let file = queue.pop(); file; file = queue.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      for (const { target } of all.filter((item) => item.file === file)) {
        if (target.startsWith('.')) {
          queue.push(relative(SRC, resolve(SRC, dirname(file), target)).replace(/\.js$/, '.ts'));
        } else reached.add(target);
      }
    }
    const foreign = [...reached].filter((name) => !name.endsWith('.ts'));
    const browserSafe = /^(@noble\/|multiformats\/)/;
    expect(foreign.filter((name) => !browserSafe.test(name))).toEqual([]);
    expect(
      [...reached].filter((name) => /journal|level\.ts|ledger\/ledger\.ts/.test(name)),
    ).toEqual([]);
  });
});
