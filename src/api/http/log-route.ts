import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../../error.js';
import type { Ledger } from '../../ledger/ledger.js';
import { parseTilePath, TILE_WIDTH, tileWidth, type TileAddress } from '../../ledger/tile.js';
import type { Rooms } from '../rooms.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * `/log/<origin>/checkpoint`, `/log/<origin>/tile/<L>/<N>[.p/<W>]`, `/log/<origin>/tile/entries/<N>[.p/<W>]`:
 * the log as any client of c2sp.org/tlog-tiles reads it. No token: verification needs nobody's leave.
 */
export function registerLog(server: FastifyInstance, { ledger }: Rooms, perMinute: number): void {
  const prefix = `${ledger.origin}/`;
  const options = {
    config: { isPublic: true, rateLimit: { max: perMinute * 10 } },
    compress: false as const,
  };
  server.get('/log/*', options, async (request, reply) => {
    const { '*': rest } = request.params as { '*': string };
    if (!rest.startsWith(prefix)) throw nothingHere();
    const path = rest.slice(prefix.length);
    return path === 'checkpoint' ? sendCheckpoint(ledger, reply) : sendTile(ledger, path, reply);
  });
}

function sendCheckpoint(ledger: Ledger, reply: FastifyReply): FastifyReply {
  reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache');
  return reply.send(ledger.head().checkpoint);
}

async function sendTile(ledger: Ledger, path: string, reply: FastifyReply): Promise<FastifyReply> {
  const address = findTile(path, ledger.head().size);
  const bytes = await readTile(ledger, address);
  const isFull = address.width === TILE_WIDTH;
  reply.type('application/octet-stream');
  reply.header('cache-control', isFull ? IMMUTABLE : 'public, max-age=300');
  return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** Only what the published tree covers is there; a path spelt otherwise than the standard does is nowhere. */
function findTile(path: string, size: number): TileAddress {
  let address: TileAddress;
  try {
    address = parseTilePath(path);
  } catch {
    throw nothingHere();
  }
  const { level, index, width } = address;
  if (width > tileWidth(level === 'entries' ? 0 : level, index, size)) throw nothingHere();
  return address;
}

async function readTile(ledger: Ledger, { level, index, width }: TileAddress): Promise<Uint8Array> {
  if (level === 'entries') return ledger.entryBundle(index, width);
  return ledger.tile(level, index, width);
}

function nothingHere(): AppError {
  return new AppError('NOT_FOUND', 'there is nothing here');
}
