import { AppError } from '../../error.js';
import type { ParameterValue } from '../../query/event-parameter.js';
import { parseInstant } from '../../record/instant.js';
import type { SubscriptionDraft } from '../../watch/watch.js';

/** A named query as EPCIS 2.0 REST defines it. */
export interface QueryDefinition {
  name: string;
  parameters: Record<string, ParameterValue>;
}

const DEFINITION_MEMBERS = ['name', 'query'];
const SUBSCRIPTION_MEMBERS = [
  ...['dest', 'signatureToken', 'stream', 'schedule', 'reportIfEmpty'],
  ...['initialRecordTime', 'epcFormat', 'cbvFormat'],
];
const AS_CAPTURED: unknown[] = [undefined, 'No_Preference', 'Never_Translates'];
const TOKEN_MAX = 256;

/** @throws AppError BAD_USER_INPUT */
export function readDefinition(body: unknown): QueryDefinition {
  const { name, query } = membersOf(body, DEFINITION_MEMBERS);
  if (typeof name !== 'string') throw refuse('/name', 'a query has a name');
  if (!isObject(query)) throw refuse('/query', 'query is an object of SimpleEventQuery parameters');
  for (const [member, value] of Object.entries(query)) {
    const isValue = [value].flat().every((each) => each === null || isPlain(each));
    if (!isValue) throw refuse('/query', `parameter ${indexOf(query, member)} has no plain value`);
  }
  return { name, parameters: query as Record<string, ParameterValue> };
}

/** @throws AppError BAD_USER_INPUT */
export function readSubscription(name: string, body: unknown): SubscriptionDraft {
  const asked = membersOf(body, SUBSCRIPTION_MEMBERS);
  const { dest, signatureToken, stream, initialRecordTime } = asked;
  if (typeof dest !== 'string') throw refuse('/dest', 'dest is the address of a webhook');
  if (asked['schedule'] !== undefined || stream !== true) {
    throw refuse(
      '/stream',
      'events are sent as they come: stream is true, and there is no schedule',
    );
  }
  if (asked['reportIfEmpty'] === true) {
    throw refuse('/reportIfEmpty', 'nothing is sent when there is nothing to send');
  }
  for (const format of ['epcFormat', 'cbvFormat']) {
    if (!AS_CAPTURED.includes(asked[format])) {
      throw refuse(`/${format}`, 'events are sent as they were captured: Never_Translates');
    }
  }
  const since = initialRecordTime === undefined ? undefined : readTime(initialRecordTime);
  return {
    name,
    url: dest,
    ...(since !== undefined && { since }),
    ...(signatureToken !== undefined && { signatureToken: readToken(signatureToken) }),
  };
}

function readTime(value: unknown): number {
  const time = typeof value === 'string' ? parseInstant(value) : undefined;
  if (time !== undefined) return time;
  throw refuse('/initialRecordTime', 'initialRecordTime is a time with its offset');
}

function readToken(value: unknown): string {
  const isToken = typeof value === 'string' && value.length > 0 && value.length <= TOKEN_MAX;
  if (isToken) return value;
  throw refuse('/signatureToken', `signatureToken has 1 to ${TOKEN_MAX} characters`);
}

function membersOf(body: unknown, known: string[]): Record<string, unknown> {
  if (!isObject(body)) throw refuse('', 'the body is a JSON object');
  if (Object.keys(body).every((name) => known.includes(name))) return body;
  throw refuse('', `the body has no members but ${known.join(', ')}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function indexOf(query: object, member: string): number {
  return Object.keys(query).indexOf(member) + 1;
}

function refuse(pointer: string, message: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { pointer });
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
