import type { Output } from './output.js';

/** What every command is given. */
export interface Context {
  output: Output;
  /** Aborted by SIGINT or SIGTERM: finish what is in hand, then stop. */
  signal: AbortSignal;
  /** As given with `--log-level`. */
  logLevel?: string;
  /** Set by a command whose outcome is a verdict rather than success or failure. */
  exitCode: number;
}
