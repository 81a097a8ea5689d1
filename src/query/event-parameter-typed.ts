import type { EventFilter } from '../graph/event/event-filter.js';
import type { ParameterInput } from './event-parameter-input.js';

const TYPED = /^EQ_(bizTransaction|source|destination)(?:_(.*))?$/s;

const TYPE_CHARACTERS_MAX = 1_024;

/**
 * Parameters that have the type of a business transaction, source or destination in their name; without type, or with
 * an empty one, of any type.
 *
 * @returns false for another parameter
 */
export function readTyped(filter: EventFilter, name: string, input: ParameterInput): boolean {
  const [, list, type = ''] = name.length <= TYPE_CHARACTERS_MAX ? (TYPED.exec(name) ?? []) : [];
  if (list === undefined) return false;
  const member = list as 'bizTransaction' | 'source' | 'destination';
  const kind = member === 'bizTransaction' ? 'bizTransactionType' : 'sourceDestType';
  (filter[member] ??= []).push({
    ...(type !== '' && { type: input.names.termOf(kind, type) }),
    values: input.epcs(),
  });
  return true;
}
