import { type JSONVisitor, visit } from 'jsonc-parser';
import type { Path } from './json-pointer.js';

/** Thrown through jsonc-parser to stop it at the first find. */
class Found extends Error {
  constructor(
    readonly offset: number,
    readonly path: Path,
  ) {
    super();
  }
}

export interface Fault {
  /** Position in the text, in UTF-16 units. */
  offset: number;
  path: Path;
}

/** `line 3, column 14`, both from 1. */
export function describePosition(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}

/** Where text that JSON.parse refused goes wrong. Slow, and only for text whose depth is already bounded. */
export function findMalformation(text: string): Fault | undefined {
  return search(text, () => ({
    onError: (_error, offset) => {
      throw new Found(offset, []);
    },
  }));
}

/** The first member whose name its object already has. */
export function findDuplicate(text: string): Fault | undefined {
  return search(text, () => {
    const names: Set<string>[] = [];
    return {
      onObjectBegin: () => void names.push(new Set()),
      onObjectEnd: () => void names.pop(),
      onObjectProperty: (name, offset, _length, _line, _column, path) => {
        const seen = names.at(-1);
        if (seen?.has(name)) throw new Found(offset, [...path(), name]);
        seen?.add(name);
      },
    };
  });
}

function search(text: string, visitor: () => JSONVisitor): Fault | undefined {
  try {
    visit(text, visitor(), { disallowComments: true, allowTrailingComma: false });
    return undefined;
  } catch (error) {
    if (error instanceof Found) return error;
    throw error;
  }
}

/** The place of the first string `isBad` says yes to; a member's name counts as standing at the member. */
export function findString(value: unknown, isBad: (text: string) => boolean): Path | undefined {
  const path: (string | number)[] = [];
  return holds(value, isBad, path) ? path : undefined;
}

function holds(
  value: unknown,
  isBad: (text: string) => boolean,
  path: (string | number)[],
): boolean {
  if (typeof value === 'string') return isBad(value);
  if (typeof value !== 'object' || value === null) return false;
  for (const [name, item] of Object.entries(value)) {
    path.push(Array.isArray(value) ? Number(name) : name);
    if ((!Array.isArray(value) && isBad(name)) || holds(item, isBad, path)) return true;
    path.pop();
  }
  return false;
}
