import { isBase64url } from '../crypto/bytes.js';
import type { Canonical } from '../crypto/canonical.js';
import { isCid } from '../crypto/cid.js';
import { checkPublicKey } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import type { Statement } from './statement.js';

type Check = (value: Canonical) => boolean;
type Members = Map<string, Check>;

/** Last moment a Date can hold: far enough, and far below 2^53. */
const TIME_MAX = 8_640_000_000_000_000;
const KEYS_MAX = 64;
const LINKS_MAX = 256;
const SOURCES_MAX = 100_000;

const head: [string, Check][] = [
  ['v', (value) => value === 1],
  ['type', isText(32)],
  ['log', isCid],
  ['iat', isTime],
  ['nonce', isBytes(16)],
];

const keyChange: [string, Check][] = [
  ['jwk', isKey],
  ['use', (value) => value === 'sign'],
  ['of', isCid],
];

const record: [string, Check][] = [
  ['rid', isBytes(16)],
  ['ver', isInteger(1)],
  ['record', isCid],
  ['size', isInteger(1)],
  ['cekc', isBytes(32)],
  ['class', isOneOf('fhir.resource', 'epcis.event', 'master.data', 'dataset')],
  ['links', isList(0, LINKS_MAX, isObject(['rel', isName], ['statement', isCid]))],
  ['sources?', isObject(['count', isCount], ['root', isBytes(32)], ['list', isCid])],
];

/**
 * Members of each type. The other types of FORMATS section 3 (grant, revoke, consent.*, access, breakglass.*,
 * erase.*, member.*, fork.evidence) join this table when something here can act on them: a log must not
 * accept what it cannot judge.
 */
const TYPES = new Map<string, Members>([
  [
    'genesis',
    membersOf(
      ['log', (value) => value === ''],
      ['org', isObject(['name', isText(200)], ['slug', isSlug], ['identifiers', isIdentifiers])],
      ['logKey', isKey],
      ['authorKeys', isList(1, KEYS_MAX, isKey)],
      ['inception', isTime],
    ),
  ],
  ['key.add', membersOf(...keyChange)],
  ['key.revoke', membersOf(...keyChange, ['compromisedSince?', isInteger(0)])],
  ['record.put', membersOf(...record)],
  ['record.correct', membersOf(...record, ['ver', isInteger(2)], ['replaces', isCid])],
]);

/**
 * Checks members and their shapes, nothing that depends on the log.
 * @throws AppError ENTRY_REFUSED; `pointer` names the member
 */
export function checkStatementShape(value: Canonical): asserts value is Statement & Canonical {
  if (!isPlainObject(value)) throw refuse('a statement is an object', '');
  if (value['v'] !== 1) throw refuse('unknown statement version', '/v');
  const { type } = value;
  const members = typeof type === 'string' ? TYPES.get(type) : undefined;
  if (members === undefined) throw refuse('unknown statement type', '/type');
  const fault = faultOf(value, members);
  if (fault === undefined) return;
  if (fault === '') throw refuse('the statement has an unknown member', '');
  throw refuse('a member of the statement is missing or of the wrong shape', `/${fault}`);
}

/** Name of the first member at fault, "" for an unknown one, undefined when there is none. */
function faultOf(value: { [name: string]: Canonical }, members: Members): string | undefined {
  let known = 0;
  for (const [entry, check] of members) {
    const isOptional = entry.endsWith('?');
    const name = isOptional ? entry.slice(0, -1) : entry;
    if (!Object.hasOwn(value, name)) {
      if (isOptional) continue;
      return name;
    }
    if (!check(value[name]!)) return name;
    known++;
  }
  return Object.keys(value).length === known ? undefined : '';
}

function membersOf(...own: [string, Check][]): Members {
  return new Map([...head, ...own]);
}

function isPlainObject(value: Canonical): value is { [name: string]: Canonical } {
  return typeof value === 'object' && !Array.isArray(value);
}

function isObject(...entries: [string, Check][]): Check {
  const members = new Map(entries);
  return (value) => isPlainObject(value) && faultOf(value, members) === undefined;
}

function isList(countMin: number, countMax: number, check: Check): Check {
  return (value) =>
    Array.isArray(value) &&
    value.length >= countMin &&
    value.length <= countMax &&
    value.every(check);
}

function isInteger(min: number): Check {
  return (value) => typeof value === 'number' && value >= min;
}

function isCount(value: Canonical): boolean {
  return typeof value === 'number' && value >= 1 && value <= SOURCES_MAX;
}

function isTime(value: Canonical): boolean {
  return typeof value === 'number' && value >= 0 && value <= TIME_MAX;
}

function isBytes(sizeBytes: number): Check {
  return (value) => isBase64url(value, sizeBytes);
}

function isText(lengthMax: number): Check {
  return (value) => typeof value === 'string' && value.length > 0 && value.length <= lengthMax;
}

function isOneOf(...values: string[]): Check {
  return (value) => typeof value === 'string' && values.includes(value);
}

function isName(value: Canonical): boolean {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9.-]{0,63}$/.test(value);
}

function isSlug(value: Canonical): boolean {
  return typeof value === 'string' && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value);
}

function isIdentifiers(value: Canonical): boolean {
  const isOne = isText(128);
  const isAny: Check = (item) => isOne(item) || isList(1, KEYS_MAX, isOne)(item);
  return isPlainObject(value) && Object.entries(value).every(([k, v]) => isName(k) && isAny(v));
}

function isKey(value: Canonical): boolean {
  try {
    checkPublicKey(value);
    return true;
  } catch {
    return false;
  }
}

function refuse(message: string, pointer: string): AppError {
  return new AppError('ENTRY_REFUSED', message, { pointer });
}
