import { randomBytes } from 'node:crypto';

/** Nobody can write a record that holds it. */
const SECRET = randomBytes(16).toString('hex');

interface Splice {
  /** Response names that lead to the value. */
  path: string[];
  /** JSON to stand there. */
  text: string;
}

/**
 * Parts of an answer that are JSON already, because making objects of them only to write them out again would hold up everybody
 * else. graphql-js answers an empty list in their place, which is replaced in the text that is sent.
 */
export class Splices {
  private readonly splices: Splice[] = [];

  add(path: string[], text: string): void {
    this.splices.push({ path, text });
  }

  /** Puts a mark where each part belongs. */
  mark(data: Record<string, unknown>): void {
    this.splices.forEach(({ path }, i) => {
      const parent = path.slice(0, -1).reduce<unknown>(memberOf, data);
      // what failed further up has no place for it any more
      if (isObject(parent)) parent[path.at(-1)!] = markOf(i);
    });
  }

  /** Puts the parts where their marks are. */
  apply(body: string): string {
    const found = this.splices
      .map(({ text }, i) => ({ text, mark: JSON.stringify(markOf(i)) }))
      .map((splice) => ({ ...splice, at: body.indexOf(splice.mark) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    let text = '';
    let from = 0;
    for (const { at, mark, text: part } of found) {
      text += body.slice(from, at) + part;
      from = at + mark.length;
    }
    return text + body.slice(from);
  }
}

function markOf(index: number): string {
  return `${SECRET} ${index}`;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
