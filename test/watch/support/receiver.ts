import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One delivery as it came in. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  path: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Never answers when set. */
  isSilent?: boolean;
}

/** A web server that takes deliveries, and answers as it is told to: once each of `replies`, then 204. */
export class Receiver {
  readonly received: Received[] = [];
  replies: Reply[] = [];
  private whenReceived: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<Receiver> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new Receiver(server, (server.address() as AddressInfo).port);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        receiver.received.push({ headers: request.headers, body, path: request.url ?? '' });
        const reply = receiver.replies.shift() ?? { status: 204 };
        if (!reply.isSilent) response.writeHead(reply.status, reply.headers).end(reply.body);
        for (const tell of receiver.whenReceived.splice(0)) tell();
      });
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** Resolves when so many have come in all. */
  async count(wanted: number): Promise<void> {
    while (this.received.length < wanted) {
      await new Promise<void>((tell) => this.whenReceived.push(tell));
    }
  }

  /** The events of every delivery, in the order of their coming. */
  events(): { eventID: string; recordTime: string; epcList: string[] }[] {
    return this.received.flatMap(({ body }) => eventsOf(body));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export function eventsOf(
  body: string,
): { eventID: string; recordTime: string; epcList: string[] }[] {
  const document = JSON.parse(body) as {
    epcisBody: { queryResults: { resultsBody: { eventList: never[] } } };
  };
  return document.epcisBody.queryResults.resultsBody.eventList;
}
