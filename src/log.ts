import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * One named logger per room, to stderr (stdout belongs to data).
 * Never logged: record content, identifiers taken from content, keys, tokens, passphrases, request bodies.
 * Log ids, counts, codes and positions only.
 */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers.authorization', 'headers.authorization', 'token', 'passphrase'],
      serializers: { err: describeError },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** An error as code and place: messages of unexpected errors may quote content, so only our own are kept. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  const own = error.name === 'AppError';
  return {
    type: error.name,
    code: typeof code === 'string' ? code : undefined,
    message: own ? error.message : undefined,
    at: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 6)
      .map((line) => line.trim()),
  };
}
