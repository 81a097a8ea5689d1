import { isCid } from '../../crypto/cid.js';
import type { Findings } from '../finding.js';
import { parseInstant } from '../instant.js';
import { isObject, type JsonObject } from '../json-object.js';

type Check = (value: unknown, found: Findings) => void;

const ID = /^[\x21-\x7e]{1,200}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const TEXT_MAX = 10_000;
const REVISION_MAX = 200;

const checkId: Check = (value, found) => {
  if (typeof value === 'string' && ID.test(value)) return;
  found.add('an id has 1 to 200 visible ASCII characters');
};
const checkSha256: Check = (value, found) => {
  if (typeof value !== 'string' || !SHA256.test(value))
    found.add('not a SHA-256 in lower-case hex');
};
const checkCid: Check = (value, found) => {
  if (!isCid(value)) found.add('not a CID of this system');
};
const checkUrl: Check = (value, found) => {
  if (typeof value !== 'string' || value.length > 4_096 || !URL.canParse(value)) {
    found.add('not an absolute URL');
  }
};
const checkInstant: Check = (value, found) => {
  if (typeof value === 'string' && parseInstant(value) !== undefined) return;
  found.add('not a date-time with offset (RFC 3339)');
};
const checkCount: Check = (value, found) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) found.add('not a whole number from 0');
};
const checkParameters: Check = (value, found) => {
  if (!isObject(value)) found.add('parameters are an object');
};
/** The figure itself: any JSON. */
const checkValue: Check = () => {};

const checkCode = objectOf(
  { repository: text(4_096), revision: text(REVISION_MAX) },
  { path: text(4_096) },
);

const checkResult = objectOf(
  {},
  {
    mediaType: text(200),
    cid: checkCid,
    sha256: checkSha256,
    url: checkUrl,
    rows: checkCount,
    value: checkValue,
  },
  (result, found) => {
    if (Object.keys(result).length === 0) found.add('a result says something');
  },
);

const checkMembers = objectOf(
  { type: () => {}, id: checkId, name: text(1_000) },
  {
    description: text(TEXT_MAX),
    method: text(TEXT_MAX),
    code: checkCode,
    parameters: checkParameters,
    result: checkResult,
    createdAt: checkInstant,
  },
);

/** What is wrong with the description of a dataset. It is closed: what nobody knows of nobody could ask for. */
export function checkDataset(dataset: JsonObject, found: Findings): void {
  checkMembers(dataset, found);
}

function text(lengthMax: number): Check {
  return (value, found) => {
    if (typeof value !== 'string' || value === '') found.add('not a text');
    else if (value.length > lengthMax) found.add(`a text of at most ${lengthMax} characters`);
  };
}

function objectOf(
  required: Record<string, Check>,
  optional: Record<string, Check>,
  extra?: (object: JsonObject, found: Findings) => void,
): Check {
  const checks = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, found) => {
    if (!isObject(value)) return found.add('not an object');
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) found.add(`the member ${name} is missing`);
    }
    for (const name of Object.keys(value)) {
      const check = checks.get(name);
      if (check) found.within(name, () => check(value[name], found));
      else found.add('a member that a dataset does not have');
    }
    extra?.(value, found);
  };
}
