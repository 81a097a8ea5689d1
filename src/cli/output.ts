import { once } from 'node:events';
import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';

type Style = Parameters<typeof styleText>[0];

/** Where a command speaks: data on stdout; words about it on stderr. */
export class Output {
  /** With `--json`: one JSON object as the last line of stdout instead of words. */
  json = false;

  constructor(
    readonly stdout: NodeJS.WriteStream | WriteStream = process.stdout,
    readonly stderr: NodeJS.WriteStream | WriteStream = process.stderr,
  ) {
    // `provtrail export | head` ends when head does; that is not a failure.
    this.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }

  /** Writes data as it is, no faster than the reader takes it. */
  async data(chunk: string): Promise<void> {
    if (!this.stdout.write(chunk)) await once(this.stdout, 'drain');
  }

  /** A line for whoever watches. */
  say(line = ''): void {
    this.stderr.write(`${line}\n`);
  }

  /** A line of a longer report for people; nothing with `--json`. */
  tell(line = ''): void {
    if (!this.json) this.stdout.write(`${line}\n`);
  }

  /** What the command found out: `value` for programs, `words` for people. */
  result(value: object, words: string): void {
    this.stdout.write(this.json ? `${JSON.stringify(value)}\n` : `${words}\n`);
  }

  /** Styled when stdout is a terminal and NO_COLOR does not forbid it. */
  style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.stdout });
  }
}
