import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../error.js';
import type { EventFilter } from '../graph/event/event-filter.js';
import type { ParameterValue } from '../query/event-parameter.js';
import type { Principal } from './principal.js';

/** A question with a name; it never changes under its name. */
export interface SavedQuery {
  /** Of the filter's form, so that a later program can tell an earlier one's. */
  v: 1;
  owner: Principal;
  name: string;
  description?: string;
  filter: EventFilter;
  /** The question as it was asked, where that was in parameters of SimpleEventQuery. */
  asked?: AskedQuery;
  /** ms */
  createdAt: number;
}

/** Parameters by their EPCIS names, and what the prefixes in them stand for. */
export interface AskedQuery {
  parameters: Record<string, ParameterValue>;
  namespaces: Record<string, string>;
}

export interface QueryDraft {
  name: string;
  description?: string;
  filter: EventFilter;
  asked?: AskedQuery;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
/** The standard's own queries (EPCIS 2.0 section 8.2.7). */
const RESERVED = new Set(['SimpleEventQuery', 'SimpleMasterDataQuery']);
const DESCRIPTION_MAX = 1_000;
const FILTER_CHARACTERS_MAX = 65_536;

/** @throws AppError BAD_USER_INPUT, TOO_LARGE */
export function makeQuery(owner: Principal, draft: QueryDraft, createdAt: number): SavedQuery {
  const { name, description, filter, asked } = draft;
  if (!NAME.test(name) || RESERVED.has(name)) {
    throw refuse(
      '/name',
      'a name has 1 to 128 letters, digits and . _ ~ -, a letter or digit first',
      {
        hint: 'SimpleEventQuery and SimpleMasterDataQuery are names of the standard',
      },
    );
  }
  if (description !== undefined && description.length > DESCRIPTION_MAX) {
    throw refuse('/description', `a description has at most ${DESCRIPTION_MAX} characters`);
  }
  // what was left out is left out, as it will be when it is read back
  const text = JSON.stringify({ filter, asked });
  if (text.length > FILTER_CHARACTERS_MAX) {
    throw new AppError('TOO_LARGE', 'the filter is too large to be saved', { pointer: '/filter' });
  }
  return {
    v: 1,
    owner: { organisation: owner.organisation, subject: owner.subject },
    name,
    ...(description !== undefined && { description }),
    ...(JSON.parse(text) as Pick<SavedQuery, 'filter' | 'asked'>),
    createdAt,
  };
}

/** Whether both ask and say the same: saving again what is saved is no mistake. */
export function isSameQuery(a: SavedQuery, b: SavedQuery): boolean {
  return isDeepStrictEqual({ ...a, createdAt: 0 }, { ...b, createdAt: 0 });
}

function refuse(pointer: string, message: string, data: { hint?: string } = {}): AppError {
  return new AppError('BAD_USER_INPUT', message, { pointer, ...data });
}
