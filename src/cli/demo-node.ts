import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { createDataDirectory, type NodeDescription } from '../data-directory.js';
import { formatToken } from './access.js';
import { openNode } from './node.js';
import { serve, type Service } from './serve.js';

const DAY_SECONDS = 86_400;

/** A new organisation and its node, for as long as the demo lasts. */
export class DemoNode {
  private app?: App;
  private service?: Service;

  private constructor(
    private readonly config: Config,
    readonly description: NodeDescription,
    readonly isTemporary: boolean,
  ) {}

  /** @param directory where to make it; a temporary one when absent */
  static async create(config: Config, directory: string | undefined): Promise<DemoNode> {
    const dataDirectory = directory ?? (await mkdtemp(join(tmpdir(), 'provtrail-demo-')));
    const { passphrase } = config;
    const description = await createDataDirectory(dataDirectory, {
      organisation: 'Sample Consortium',
      passphrase,
    });
    // The demo is its own only caller: a limit on callers would only slow it down.
    const settings = { ...config, dataDirectory, rateLimitPerMinute: 1_000_000 };
    return new DemoNode(settings, description, directory === undefined);
  }

  get dataDirectory(): string {
    return this.config.dataDirectory;
  }

  /** Opens the node and lets it answer. @returns its URL */
  async start(port: number): Promise<string> {
    this.app = await openNode(this.config);
    this.service = await serve(this.app, { host: '127.0.0.1', port });
    return this.service.url;
  }

  /** Resolves when the index knows everything in the log. */
  async indexed(): Promise<void> {
    await this.app?.follower.caughtUp(this.app.ledger.head().size);
  }

  async token(): Promise<string> {
    const wish = { role: 'service', subject: 'demo', scopes: ['read', 'write'] } as const;
    const { keys } = this.app!;
    const identity = { keys, description: this.description };
    return formatToken(identity, { ...wish, scopes: [...wish.scopes], ttlSeconds: DAY_SECONDS });
  }

  async stop(): Promise<void> {
    await this.service?.close();
    await this.app?.close();
    this.service = undefined;
    this.app = undefined;
  }

  async remove(): Promise<void> {
    await rm(this.dataDirectory, { recursive: true, force: true });
  }
}
