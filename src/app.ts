import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Archive } from './archive/archive.js';
import { Capture } from './capture/capture.js';
import { JobStore } from './capture/job-store.js';
import { createPresser, ThreadPresser, type Presser, type PresserKeys } from './capture/presser.js';
import { SplitPresser } from './capture/split-presser.js';
import { readVersions, type VersionRooms } from './capture/stored-version.js';
import type { Config } from './config.js';
import { fromBase64url } from './crypto/bytes.js';
import type { NodeKeys } from './crypto/key-file.js';
import { Keyring } from './crypto/keyring.js';
import { poolRandomBytes } from './crypto/random.js';
import { signerFromJwk } from './crypto/signing-key.js';
import {
  createDataDirectory,
  openDataDirectory,
  type NodeDescription,
  type NewNode,
} from './data-directory.js';
import { Facts } from './facts/facts.js';
import { describeFault } from './graph/fault.js';
import { Follower } from './graph/follow/follower.js';
import { Graph } from './graph/graph.js';
import { Ledger } from './ledger/ledger.js';
import { createLogger, type Logger } from './log.js';
import { Watch } from './watch/watch.js';

/** Everything one organisation's node is made of, built bottom to top. The only wiring. */
export class App {
  private constructor(
    readonly config: Config,
    readonly description: NodeDescription,
    readonly keys: NodeKeys,
    readonly logger: Logger,
    readonly keyring: Keyring,
    readonly ledger: Ledger,
    readonly archive: Archive,
    readonly graph: Graph,
    readonly follower: Follower,
    readonly facts: Facts,
    readonly capture: Capture,
    readonly jobs: JobStore,
    readonly watch: Watch,
    private readonly presser: Presser,
  ) {}

  get organisation(): { name: string; slug: string } {
    return this.description.organisation;
  }

  /**
   * Makes a new organisation: keys, log, genesis.
   *
   * @throws AppError DATA_DIRECTORY_EXISTS (never overwrites), STORE_FULL, STORE_FAILED
   */
  static async init(directory: string, node: NewNode): Promise<NodeDescription> {
    return createDataDirectory(directory, node);
  }

  /**
   * Opens a data directory and starts following its log.
   *
   * @throws AppError DATA_DIRECTORY_MISSING, DATA_DIRECTORY_NEWER, DATA_DIRECTORY_LOCKED, KEY_FILE_LOCKED,
   *   LOG_DIVERGED, STORE_FAILED
   */
  static async open(config: Config): Promise<App> {
    const directory = config.dataDirectory;
    const logger = createLogger(config.logLevel);
    const opened: { close(): Promise<unknown> }[] = [];
    const keep = <T extends { close(): Promise<unknown> }>(room: T): T => {
      opened.unshift(room);
      return room;
    };
    try {
      const { keys, description } = await openDataDirectory(directory, config.passphrase);
      const logSigner = signerFromJwk(keys.log);
      const ledger = keep(
        await Ledger.open(join(directory, 'ledger'), { logSigner, now: Date.now }),
      );
      const master = fromBase64url(keys.master);
      const keyring = keep(await Keyring.open(join(directory, 'keyring'), master, { randomBytes }));
      const archive = keep(await Archive.open(join(directory, 'blocks')));
      const { threads } = config;
      const graph = keep(await Graph.open(join(directory, 'graph.sqlite'), { threads }));
      const room = (name: string) => logger.child({ room: name });
      const facts = keep(
        Facts.open(
          { directory: join(directory, 'facts'), index: join(directory, 'graph.sqlite') },
          {
            threads,
            heldUp: (error) => room('facts').warn(describeFault(error), 'the facts are held up'),
          },
        ),
      );
      const follower = new Follower({ ledger, archive, keyring, graph, logger: room('graph') });
      const presser = keep(
        startPresser(
          { log: ledger.log, author: keys.author, master },
          { ledger, archive, keyring },
          threads,
        ),
      );
      const jobs = keep(
        await JobStore.open(join(directory, 'jobs'), { now: Date.now, randomBytes }),
      );
      const { webhookHosts } = config;
      const watch = keep(
        await Watch.open(join(directory, 'watch'), {
          master,
          webhookHosts,
          logger: room('watch'),
        }),
      );
      const capture = new Capture(presser, archive, keyring, ledger, {
        appended: (records) => follower.handOver(records),
        indexed: (size) => follower.caughtUp(size),
      });
      follower.start();
      return new App(
        config,
        description,
        keys,
        logger,
        keyring,
        ledger,
        archive,
        graph,
        follower,
        facts,
        capture,
        jobs,
        watch,
        presser,
      );
    } catch (error) {
      for (const room of opened) await room.close();
      throw error;
    }
  }

  /** Stops top to bottom: nothing is accepted first, nothing durable is closed before its users. */
  async close(): Promise<void> {
    await this.jobs.close();
    await this.watch.close();
    await this.presser.close();
    await this.facts.close();
    await this.follower.stop();
    await this.graph.close();
    await this.archive.close();
    await this.keyring.close();
    await this.ledger.close();
  }
}

function startPresser(keys: PresserKeys, rooms: VersionRooms, threads: boolean): Presser {
  const { ledger, keyring } = rooms;
  const answers = {
    scopes: (labels: string[]) => keyring.promiseScopes(labels),
    used: async (nonces: string[]) =>
      (await ledger.findNonce(ledger.authorKid, nonces)).map((found) => found?.seq),
    versions: (seqs: number[]) => readVersions(rooms, seqs),
  };
  const chance = { now: Date.now, randomBytes: poolRandomBytes() };
  const here = createPresser(keys, answers, chance);
  return threads ? new SplitPresser(here, new ThreadPresser(keys, answers)) : here;
}
