import { isCid } from '../crypto/cid.js';
import { AppError } from '../error.js';
import { RELATIONS } from '../graph/edge/relation.js';
import { parseInstant } from '../record/instant.js';
import type { Relation } from '../record/draft.js';
import type { RecordAddress } from './address.js';
import type { ImpactQuestion } from './impact.js';

type Values = readonly unknown[];

/** What a member of the question is made of, from one value or many. */
const READERS: Record<string, (values: Values, pointer: string) => unknown> = {
  things: texts,
  types: texts,
  organisations: texts,
  relations: (values, pointer) => texts(values, pointer).map((text) => relation(text, pointer)),
  withFormerVersions: flag,
  depthMax: count,
  nodesMax: count,
  knownAt: count,
  asOf: instant,
};
const LISTS = ['things', 'types', 'organisations', 'relations', 'roots'];

/**
 * An impact question from the members of a JSON object, named as in GraphQL.
 *
 * @throws AppError BAD_USER_INPUT with a pointer to the member
 */
export function readImpactBody(body: unknown): ImpactQuestion {
  if (!isObject(body)) throw refuse('', 'the body is a JSON object');
  const { roots = [], ...others } = body;
  if (!Array.isArray(roots)) throw refuse('/roots', 'roots are a list');
  return { roots: roots.map(address), ...readMembers(others, (value) => [value]) };
}

/**
 * The same from the parameters of an address: `cid`, `rid`, `id` and `seq` name a root each and may be given many times, and so
 * may whatever is a list.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function readImpactParameters(
  query: Record<string, string | string[] | undefined>,
): ImpactQuestion {
  const { cid, rid, id, seq, ...others } = query;
  const named = Object.entries({ cid, rid, id, seq });
  const roots = named.flatMap(([name, given]) =>
    [given ?? []].flat().map((text, i) => {
      return address({ [name]: name === 'seq' ? numberOf(text) : text }, i);
    }),
  );
  return { roots, ...readMembers(others, (value) => [value].flat()) };
}

function readMembers(
  members: Record<string, unknown>,
  valuesOf: (value: unknown) => Values,
): Partial<ImpactQuestion> {
  const question: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) {
    const read = READERS[name];
    // an unknown name is the sender's own text, so it is not told back
    if (!read) throw refuse('', `the question has no members but ${known()}`);
    if (value === undefined || value === null) continue;
    const values = LISTS.includes(name) ? [value].flat() : valuesOf(value);
    question[name] = read(values, `/${name}`);
  }
  return question;
}

function address(value: unknown, index: number): RecordAddress {
  const pointer = `/roots/${index}`;
  const entries = isObject(value) ? Object.entries(value) : [];
  const [name, given] = entries[0] ?? [];
  if (entries.length !== 1)
    throw refuse(pointer, 'a root is named in one way: cid, rid, id or seq');
  if (name === 'seq' && Number.isSafeInteger(given) && Number(given) >= 0) {
    return { seq: Number(given) };
  }
  if (name === 'cid' && isCid(given)) return { cid: given };
  if (name === 'rid' && typeof given === 'string') return { rid: given };
  if (name === 'id' && typeof given === 'string') return { id: given };
  throw refuse(pointer, 'a root is {"cid"}, {"rid"}, {"id"} or {"seq"}');
}

function texts(values: Values, pointer: string): string[] {
  return values.map((value) => {
    if (typeof value === 'string' && value !== '') return value;
    throw refuse(pointer, 'a list of texts');
  });
}

function relation(text: string, pointer: string): Relation {
  const found = RELATIONS.find((name) => name === text);
  if (found) return found;
  throw refuse(pointer, `a relation is one of ${RELATIONS.join(', ')}`);
}

function flag(values: Values, pointer: string): boolean {
  const text = String(one(values, pointer));
  if (text === 'true' || text === 'false') return text === 'true';
  throw refuse(pointer, 'true or false');
}

function count(values: Values, pointer: string): number {
  const value = one(values, pointer);
  const number = typeof value === 'string' ? numberOf(value) : value;
  if (Number.isSafeInteger(number) && Number(number) >= 0) return Number(number);
  throw refuse(pointer, 'a whole number from 0');
}

function instant(values: Values, pointer: string): number {
  const value = one(values, pointer);
  const time = typeof value === 'string' ? parseInstant(value) : undefined;
  if (time !== undefined) return time;
  throw refuse(pointer, 'a time with its offset (RFC 3339)');
}

function one(values: Values, pointer: string): unknown {
  if (values.length === 1) return values[0];
  throw refuse(pointer, 'is given once');
}

function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}

function known(): string {
  return ['roots', ...Object.keys(READERS)].join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(pointer: string, message: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { pointer });
}
