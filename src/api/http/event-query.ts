import type { FastifyRequest } from 'fastify';
import {
  parseEventParameters,
  type EventParameters,
  type SimpleEventQuery,
} from '../../query/event-parameter.js';
import { readNamespaces } from './epcis-header.js';
import type { EventResource } from './event-resource.js';

/** A page of events as a request asks for it; what is repeated in a URL counts as one list. */
export function readEventQuery(request: FastifyRequest): SimpleEventQuery {
  const query = request.query as Record<string, string | string[]>;
  const parameters = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, [value].flat().join('|')]),
  );
  return parseEventParameters(parameters, readNamespaces(request));
}

/** The same among the events of one thing. */
export function withinResource(
  query: SimpleEventQuery,
  { parameters }: EventResource,
  name: string,
  request: FastifyRequest,
): SimpleEventQuery {
  const namespaces = readNamespaces(request);
  const filters = parameters.map((parameter) => {
    const one: EventParameters = { [parameter]: [name] };
    return parseEventParameters(one, namespaces).filter;
  });
  const own = filters.length === 1 ? filters[0]! : { or: filters };
  const isOpen = Object.keys(query.filter).length === 0;
  return { ...query, filter: isOpen ? own : { and: [own, query.filter] } };
}
