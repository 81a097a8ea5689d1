import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { perSecond } from './measure.ts';
import type { PeerFigures } from './orbitdb.ts';
import { formatVisit } from './visit.ts';

// Run as a child by orbitdb.ts: node orbitdb-peer.ts DIRECTORY COUNT. Its packages are installed beside the
// bench on demand, so they are imported by name only at run time, typed by what is used of them here.

interface Store {
  add?(value: unknown): Promise<string>;
  put?(value: unknown): Promise<string>;
  close(): Promise<void>;
}
interface OrbitDB {
  open(name: string, options: Record<string, unknown>): Promise<Store>;
  stop(): Promise<void>;
}
type Make<T = unknown> = (options?: unknown) => T;
type Opened = new (path: string) => { open(): Promise<void>; close(): Promise<void> };

const load = async <T>(name: string) => (await import(name)) as T;
const { createOrbitDB, LRUStorage, IPFSBlockStorage, ComposedStorage } = await load<{
  createOrbitDB: Make<Promise<OrbitDB>>;
  LRUStorage: Make<Promise<unknown>>;
  IPFSBlockStorage: Make<Promise<unknown>>;
  ComposedStorage: (first: unknown, second: unknown) => Promise<unknown>;
}>('@orbitdb/core');
const { createHelia } = await load<{
  createHelia: Make<Promise<{ stop(): Promise<void> }>>;
}>('helia');
const { createLibp2p } = await load<{ createLibp2p: Make<Promise<unknown>> }>('libp2p');
const { identify } = await load<{ identify: Make }>('@libp2p/identify');
const { gossipsub } = await load<{ gossipsub: Make }>('@libp2p/gossipsub');
const { LevelBlockstore } = await load<{ LevelBlockstore: Opened }>('blockstore-level');
const { LevelDatastore } = await load<{ LevelDatastore: Opened }>('datastore-level');

const directory = process.argv[2]!;
const count = Number(process.argv[3]);
const records = makeRecords(count + 200);

const blockstore = new LevelBlockstore(join(directory, 'blocks'));
const datastore = new LevelDatastore(join(directory, 'data'));
await Promise.all([blockstore.open(), datastore.open()]);
// As its README sets it up, but alone: no addresses to listen on, no routers, no brokers.
const libp2p = await createLibp2p({
  addresses: { listen: [] },
  services: { identify: identify(), pubsub: gossipsub({ allowPublishToZeroTopicPeers: true }) },
});
const ipfs = await createHelia({ libp2p, blockstore, datastore, blockBrokers: [], routers: [] });
const orbitdb = await createOrbitDB({ ipfs, directory: join(directory, 'orbitdb') });

const unpinned = async () => ({
  entryStorage: await ComposedStorage(
    await LRUStorage({ size: 1000 }),
    await IPFSBlockStorage({ ipfs }),
  ),
});

const figures: PeerFigures = {
  versions: `@orbitdb/core ${versionOf('@orbitdb/core')}, helia ${versionOf('helia')}`,
  ways: [
    { way: 'events one by one', rate: await measure(['events'], 1) },
    { way: 'events 32 at once', rate: await measure(['events'], 32) },
    { way: 'documents one by one', rate: await measure(['documents'], 1) },
  ],
  beyond: [
    { way: '4 databases at once', rate: await measure(Array<string>(4).fill('events'), 8) },
    { way: 'pinning off', rate: await measure(['events'], 32, await unpinned()) },
  ],
};
await orbitdb.stop();
await ipfs.stop();
await Promise.all([blockstore.close(), datastore.close()]);
process.stdout.write(JSON.stringify(figures));

/** Records a second into new databases of these types together, each with `width` calls under way. */
async function measure(types: string[], width: number, options = {}): Promise<number> {
  const stores = await Promise.all(
    types.map((type) =>
      orbitdb.open(`bench-${performance.now()}-${Math.random()}`, { type, ...options }),
    ),
  );
  const add = (store: Store, record: unknown) => store.put?.(record) ?? store.add!(record);
  for (const store of stores) {
    for (const record of records.slice(count)) await add(store, record);
  }
  const startedAt = performance.now();
  let next = 0;
  const lane = async (store: Store) => {
    while (next < count) await add(store, records[next++]);
  };
  const lanes = stores.flatMap((store) => Array.from({ length: width }, () => lane(store)));
  await Promise.all(lanes);
  const rate = perSecond(count, performance.now() - startedAt);
  await Promise.all(stores.map((store) => store.close()));
  return rate;
}

function makeRecords(total: number): unknown[] {
  const made: unknown[] = [];
  for (let ordinal = 0; made.length < total; ordinal++) {
    for (const text of formatVisit({ patient: 1, ordinal })) {
      const record = JSON.parse(text) as { resourceType: string; id: string };
      made.push({ _id: `${record.resourceType}/${record.id}`, ...record });
    }
  }
  return made.slice(0, total);
}

function versionOf(name: string): string {
  const path = join(import.meta.dirname, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
