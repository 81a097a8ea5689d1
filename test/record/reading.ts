import { readDocument } from '../../src/record/document.js';
import { isProblem, type Draft, type Problem } from '../../src/record/draft.js';

export interface Reading {
  drafts: Draft[];
  problems: Problem[];
}

/** Everything a document yields, drafts and problems apart. A value is written as JSON first. */
export function read(document: unknown, mediaType?: string): Reading {
  const isText = typeof document === 'string' || document instanceof Uint8Array;
  const input = isText ? document : JSON.stringify(document);
  const results = [...readDocument(input, { mediaType })];
  return {
    drafts: results.filter((result): result is Draft => !isProblem(result)),
    problems: results.filter((result) => isProblem(result)),
  };
}

/** The only draft of a document that must have no problems. */
export function readOne(document: unknown, mediaType?: string): Draft {
  const { drafts, problems } = read(document, mediaType);
  if (problems.length > 0 || drafts.length !== 1) {
    throw new Error(`${drafts.length} drafts, problems ${JSON.stringify(problems)}`);
  }
  return drafts[0]!;
}

/** `CODE /pointer` of each problem. */
export function readProblems(document: unknown, mediaType?: string): string[] {
  const { drafts, problems } = read(document, mediaType);
  if (drafts.length > 0) throw new Error(`${drafts.length} drafts where none was to be`);
  return problems.map(({ code, pointer }) => `${code} ${pointer}`);
}
