import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { formatQueryDocument, withStandardContext } from '../../query/event-document.js';
import type { SimpleEventQuery } from '../../query/event-parameter.js';
import { listVocabulary } from '../../query/event-vocabulary.js';
import { Reader } from '../../query/reader.js';
import { isEventType } from '../../record/epcis/event-type.js';
import type { Rooms } from '../rooms.js';
import { startDeadline } from './deadline.js';
import { checkWanted, registerDiscovery, registerEpcisHeaders } from './epcis-header.js';
import { readPage, setNextPage } from './epcis-page.js';
import { registerProblemReply } from './epcis-problem.js';
import { loadEvent, loadEventPage } from './event-page.js';
import { readEventQuery, withinResource } from './event-query.js';
import { EVENT_RESOURCES, type EventResource } from './event-resource.js';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/**
 * The query side of EPCIS 2.0 REST: `GET /events` with the parameters of SimpleEventQuery, `GET /events/{eventID}`, and
 * the top-level resources `/eventTypes`, `/epcs`, `/bizSteps`, `/bizLocations`, `/readPoints` and `/dispositions`: what
 * is in use, and `/{name}/events` below each. The same questions as GraphQL's `events`, answered by the same engine;
 * a page's token is its cursor. Events are sent as captured, whatever `GS1-EPC-Format` prefers.
 */
export function registerEvents(server: FastifyInstance, rooms: Rooms): void {
  server.register(async (scope) => {
    registerProblemReply(scope, 'query', rooms.logger);
    registerEpcisHeaders(scope);
    for (const url of ['/', '/events', '/events/:id']) registerDiscovery(scope, url, 'GET');
    scope.get('/events', (request, reply) => sendEvents(request, reply, readEventQuery(request)));
    scope.get('/events/:id', async (request, reply) => {
      const text = await ask(request, reply, (reader) => loadEvent(reader, nameIn(request)));
      return send(request, reply, withStandardContext(text));
    });
    for (const resource of EVENT_RESOURCES) registerResource(scope, resource);
  });

  function registerResource(scope: FastifyInstance, resource: EventResource): void {
    const { path, role } = resource;
    for (const url of [`/${path}`, `/${path}/:id`, `/${path}/:id/events`]) {
      registerDiscovery(scope, url, 'GET');
    }
    scope.get(`/${path}`, async (request, reply) => {
      const { first, after } = readPage(request);
      const list = await ask(request, reply, (reader) =>
        listVocabulary(reader, role, first, after),
      );
      if (list.next !== undefined) setNextPage(request, reply, list.next, rooms.now());
      return send(request, reply, formatCollection(list.texts));
    });
    scope.get(`/${path}/:id`, async (request, reply) => {
      checkName(resource, request);
      return send(request, reply, formatCollection(['events']));
    });
    scope.get(`/${path}/:id/events`, (request, reply) => {
      checkName(resource, request);
      const query = withinResource(readEventQuery(request), resource, nameIn(request), request);
      return sendEvents(request, reply, query);
    });
  }

  async function sendEvents(
    request: FastifyRequest,
    reply: FastifyReply,
    query: SimpleEventQuery,
  ): Promise<FastifyReply> {
    const page = await ask(request, reply, (reader) => loadEventPage(reader, query));
    if (page.next !== undefined) setNextPage(request, reply, page.next, rooms.now());
    if (page.withheld > 0) reply.header('provtrail-events-withheld', String(page.withheld));
    return send(request, reply, formatQueryDocument('SimpleEventQuery', page.events, rooms.now()));
  }

  /** Within the time of one request. */
  async function ask<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (reader: Reader) => Promise<T>,
  ): Promise<T> {
    checkWanted(request);
    using deadline = startDeadline(reply.raw, rooms.limits.deadlineMs);
    return await work(new Reader(rooms, request.session.viewer, deadline.signal));
  }
}

function send(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const isLinked = /application\/ld\+json/i.test(request.headers.accept ?? '');
  reply.type(isLinked ? 'application/ld+json' : 'application/json; charset=utf-8');
  return reply.header('cache-control', 'no-store').send(text);
}

function formatCollection(member: readonly string[]): string {
  return JSON.stringify({ '@context': CONTEXT, type: 'Collection', member });
}

function nameIn({ params }: FastifyRequest): string {
  return (params as { id: string }).id;
}

function checkName({ role }: EventResource, request: FastifyRequest): void {
  if (role !== 'TYPE' || isEventType(nameIn(request))) return;
  throw new AppError('NOT_FOUND', 'there is no such type of event');
}
