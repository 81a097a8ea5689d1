import { AppError } from '../error.js';

export interface Line {
  /** From 1, counting blank lines too. */
  line: number;
  text: string;
}

const LINE_MAX_BYTES = 16_777_216;
const LINE_FEED = 0x0a;

/**
 * The lines of NDJSON that are not blank, as they arrive; never holds more than one line and one chunk.
 *
 * @throws AppError TOO_LARGE (a line over `lineMaxBytes`) and MALFORMED_JSON (a line that is not UTF-8),
 *   with the line's number in `data.line`
 */
export async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  { lineMaxBytes = LINE_MAX_BYTES } = {},
): AsyncGenerator<Line> {
  let line = 1;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const take = (part: Uint8Array): void => {
    pendingBytes += part.length;
    if (pendingBytes > lineMaxBytes) throw tooLong(line, lineMaxBytes);
    pending.push(part);
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, end));
      const text = decodeLine(pending, line);
      if (text !== '') yield { line, text };
      [pending, pendingBytes, start] = [[], 0, end + 1];
      line++;
    }
    // A copy, because a stream may use its buffer again.
    if (start < chunk.length) take(chunk.slice(start));
  }
  const text = decodeLine(pending, line);
  if (text !== '') yield { line, text };
}

function decodeLine(parts: Uint8Array[], line: number): string {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  try {
    // The decoder drops a byte order mark, which only the first line may have.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: line > 1 }).decode(bytes).trim();
  } catch {
    throw new AppError('MALFORMED_JSON', `line ${line} is not valid UTF-8`, { line });
  }
}

function tooLong(line: number, limit: number): AppError {
  return new AppError('TOO_LARGE', `line ${line} is longer than ${limit} bytes`, { line, limit });
}
