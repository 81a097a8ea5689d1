import type { TokenPolicy } from '../token.js';

/** What the HTTP side of a node can be told. Times in ms, sizes in bytes. */
export interface ServerOptions {
  /** Whose access tokens are honoured. */
  tokens: TokenPolicy;
  /** Origins (`https://app.example`) whose pages may call this node; none by default. */
  corsOrigins?: string[];
  /** Requests a minute for each principal: the token's subject, else the address. */
  rateLimitPerMinute?: number;
  /** As Fastify's trustProxy: which proxies may say who the caller is. Off by default. */
  trustProxy?: boolean | string | string[];
  /** Lets `/metrics` be read without a token from this machine. Ignored behind a trusted proxy. */
  openMetricsOnLoopback?: boolean;
  /** How long a body may pause (bulk) or take in all (everything else). */
  bodyTimeoutMs?: number;
  /** How long in-flight requests may go on after `close`. */
  drainMs?: number;
  /** The largest bulk body, counted after decompression. */
  captureMaxBytes?: number;
  /** The largest single document or all-or-nothing bulk body. */
  documentMaxBytes?: number;
}

/** ServerOptions with every choice made. */
export type ServerLimits = Required<Omit<ServerOptions, 'tokens' | 'trustProxy' | 'corsOrigins'>>;

const MEBIBYTE = 1_048_576;

export function chooseLimits(options: ServerOptions): ServerLimits {
  return {
    rateLimitPerMinute: options.rateLimitPerMinute ?? 1_200,
    openMetricsOnLoopback: (options.openMetricsOnLoopback ?? false) && !options.trustProxy,
    bodyTimeoutMs: options.bodyTimeoutMs ?? 30_000,
    drainMs: options.drainMs ?? 10_000,
    captureMaxBytes: options.captureMaxBytes ?? 4_096 * MEBIBYTE,
    documentMaxBytes: options.documentMaxBytes ?? 64 * MEBIBYTE,
  };
}
