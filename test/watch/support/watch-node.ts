import { join } from 'node:path';
import type { Viewer } from '../../../src/access/viewer.js';
import type { Rooms } from '../../../src/api/rooms.js';
import type { App } from '../../../src/app.js';
import { roomsOf } from '../../../src/cli/node.js';
import { Reader } from '../../../src/query/reader.js';
import { Watch, type WatchOptions } from '../../../src/watch/watch.js';
import { startApp } from '../../support/start-app.js';

/** A clock that stands still until it is told to go on. */
export class Clock {
  at = Date.parse('2026-03-04T05:06:07Z');

  readonly now = (): number => this.at;

  go(ms: number): void {
    this.at += ms;
  }
}

/** The real rooms of a node, and a watch room of the test's own over them, whose time the test makes. */
export class WatchNode {
  readonly clock = new Clock();
  private opened = 0;

  private constructor(
    readonly app: App,
    readonly rooms: Rooms,
    private readonly root: string,
  ) {}

  static async start(root: string): Promise<WatchNode> {
    const app = await startApp(root);
    return new WatchNode(app, roomsOf(app), root);
  }

  /** A new watch room, or the one in that directory again. */
  async open(
    options: Partial<WatchOptions> = {},
    directory = join(this.root, `watch-${this.opened++}`),
  ): Promise<{ watch: Watch; directory: string }> {
    const watch = await Watch.open(directory, {
      master: new Uint8Array(32).fill(3),
      logger: this.app.logger,
      webhookHosts: ['127.0.0.1'],
      now: this.clock.now,
      random: () => 0,
      gatherMs: 0,
      ...options,
    });
    return { watch, directory };
  }

  reader(viewer: Viewer): Reader {
    return new Reader(this.rooms, viewer);
  }

  /** Captures events, each of its own, and waits until queries find them. @returns their positions */
  async capture(texts: readonly string[]): Promise<number[]> {
    const { receipts, problems } = await this.app.capture.capture({
      documents: texts.map((text) => ({ text })),
      mode: 'rollback',
      waitFor: 'INDEXED',
    });
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return receipts.map(({ seq }) => seq);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
