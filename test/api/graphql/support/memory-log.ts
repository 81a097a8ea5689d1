import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createLogger, type Logger } from '../../../../src/log.js';

/** Keeps what the real logger would have written, by its rules of what an error may say. */
export class MemoryLog extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  clear(): void {
    this.text = '';
  }

  logger(): Logger {
    const real = createLogger('trace') as unknown as Record<symbol, never>;
    return pino({ level: 'trace', serializers: real[pino.symbols.serializersSym] }, this);
  }
}
