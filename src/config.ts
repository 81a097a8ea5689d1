import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from './error.js';

const FILE_NAME = 'provtrail.config.json';

const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
  z.array(z.string().min(1)),
);

const schema = z.strictObject({
  /** Where keys, blocks, ledger and indexes live. */
  dataDirectory: z.string().min(1).default('provtrail-data'),
  /** Address to listen on; loopback unless said otherwise. */
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** Opens the key file; without it the passphrase file in the data directory is used. */
  passphrase: z.string().min(8, 'must have at least 8 characters').optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Web origins allowed to call the API from a browser. */
  corsOrigins: list.default([]),
  /** Hosts, addresses and CIDR ranges that webhooks may be at although they are not public. */
  webhookHosts: list.default([]),
  /** Requests a minute per caller. */
  rateLimitPerMinute: z.coerce.number().int().min(1).default(6_000),
  /** How long one request may take, ms. */
  deadlineMs: z.coerce.number().int().min(100).max(600_000).default(10_000),
  /** False keeps sealing and indexing on the main thread (tests). */
  threads: z.boolean().default(true),
});

export type Config = z.infer<typeof schema>;
export type ConfigFlags = Partial<z.input<typeof schema>>;

/**
 * Reads the configuration once: flag > `PROVTRAIL_*` > provtrail.config.json > default. The only reader of
 * the environment.
 *
 * @throws AppError BAD_USER_INPUT naming each setting that is wrong
 */
export function readConfig(
  flags: ConfigFlags = {},
  env: Record<string, string | undefined> = process.env,
): Config {
  const settings = { ...readFile(), ...readEnvironment(env), ...defined(flags) };
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `unknown setting ${issue.keys.join(', ')}`
      : `${issue.path.join('.')}: ${issue.message}`,
  );
  throw new AppError('BAD_USER_INPUT', `configuration: ${problems.join('; ')}`, {
    hint: `see the README; settings come from flags, PROVTRAIL_* or ${FILE_NAME}`,
  });
}

function readEnvironment(env: Record<string, string | undefined>): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const variable = `PROVTRAIL_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
    const value = env[variable];
    if (value !== undefined && value !== '') {
      settings[name] = name === 'threads' ? value !== 'false' : value;
    }
  }
  return settings;
}

function readFile(): Record<string, unknown> {
  if (!existsSync(FILE_NAME)) return {};
  try {
    return JSON.parse(readFileSync(FILE_NAME, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new AppError('BAD_USER_INPUT', `${FILE_NAME} is not JSON`, {}, { cause: error });
  }
}

function defined(flags: ConfigFlags): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
