import { AppError } from '../error.js';
import type { EventFilter, EventOrder } from '../graph/event/event-filter.js';
import { EventNames } from '../record/epcis/fact/event-names.js';
import { FieldParameters } from './event-parameter-field.js';
import { ParameterInput, type ParameterValue } from './event-parameter-input.js';
import { MEMBER_PARAMETERS } from './event-parameter-member.js';
import { PageParameters } from './event-parameter-page.js';
import { QuantityParameters } from './event-parameter-quantity.js';
import { SensorParameters } from './event-parameter-sensor.js';
import { readTyped } from './event-parameter-typed.js';

export type { ParameterValue } from './event-parameter-input.js';

/** Parameters by their EPCIS names, in the order in which they were given. */
export type EventParameters = Readonly<Record<string, ParameterValue>>;

/** A query as the standard's SimpleEventQuery says it. */
export interface SimpleEventQuery {
  filter: EventFilter;
  orderBy: EventOrder;
  /** Events of one page. */
  first: number;
  /** `nextPageToken` */
  after?: string;
  /** No more events than these, on all pages together. */
  eventCountLimit?: number;
  /** More events than these are refused. */
  maxEventCount?: number;
}

/** Each is a look-up in the index. */
const PARAMETERS_MAX = 200;

/** Attributes of master data and of XML are not indexed, nor is the mere presence of sensors. */
const UNSUPPORTED = /^(?:HASATTR_|EQATTR_|EXISTS_sensorElementList$)/;

/**
 * Reads the parameters of a SimpleEventQuery (EPCIS 2.0 section 8.2.7.1) by their own names. CBV terms may be spelt in any
 * way, identifiers be of any form; extensions are named with a prefix of `namespaces`, or by their full URI.
 *
 * @param namespaces URI by prefix, as the header `GS1-Extensions` declares them
 * @throws AppError BAD_USER_INPUT, QUERY_TOO_COMPLEX; messages name a parameter by its position only
 */
export function parseEventParameters(
  parameters: EventParameters,
  namespaces: Readonly<Record<string, string>> = {},
): SimpleEventQuery {
  const entries = Object.entries(parameters);
  if (entries.length > PARAMETERS_MAX) {
    throw new AppError('QUERY_TOO_COMPLEX', 'the query has too many parameters', {
      hint: `a query has at most ${PARAMETERS_MAX} parameters`,
      limit: PARAMETERS_MAX,
    });
  }
  const names = new EventNames(namespaces, undefined);
  const reader = new ParameterReader();
  entries.forEach(([name, value], i) => reader.read(name, new ParameterInput(i + 1, value, names)));
  return reader.format();
}

class ParameterReader {
  private readonly filter: EventFilter = {};
  private readonly more: EventFilter[] = [];
  private readonly page = new PageParameters();
  private readonly quantity = new QuantityParameters();
  private readonly sensor = new SensorParameters();
  private readonly field = new FieldParameters();

  read(name: string, input: ParameterInput): void {
    const isRead =
      this.readMember(name, input) ||
      this.page.read(name, input) ||
      this.quantity.read(name, input) ||
      this.sensor.read(name, input) ||
      readTyped(this.filter, name, input) ||
      this.field.read(name, input);
    if (isRead) return;
    if (UNSUPPORTED.test(name))
      throw input.refuse('is of SimpleEventQuery, but not supported here');
    throw input.refuse(
      'is none of SimpleEventQuery',
      'parameters are those of EPCIS 2.0 section 8.2.7.1; extensions are named with a prefix',
    );
  }

  format(): SimpleEventQuery {
    const parts = [
      this.filter,
      ...this.more,
      ...this.quantity.format(),
      ...this.sensor.format(),
      ...this.field.format(),
    ].filter((part) => Object.keys(part).length > 0);
    return { filter: joinFilters(parts), ...this.page.format() };
  }

  private readMember(name: string, input: ParameterInput): boolean {
    const read = Object.hasOwn(MEMBER_PARAMETERS, name) ? MEMBER_PARAMETERS[name] : undefined;
    const more = read?.(this.filter, input);
    if (more) this.more.push(more);
    return read !== undefined;
  }
}

/** As one, where no two say the same thing; otherwise all of them must hold. */
function joinFilters(parts: EventFilter[]): EventFilter {
  const joined: EventFilter = {};
  const rest: EventFilter[] = [];
  for (const part of parts) {
    if (Object.keys(part).some((name) => Object.hasOwn(joined, name))) rest.push(part);
    else Object.assign(joined, part);
  }
  return rest.length > 0 ? { ...joined, and: rest } : joined;
}
