import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { formatQueryDocument } from '../../query/event-document.js';
import { checkEventReader } from '../../query/event-list.js';
import { parseEventParameters, type SimpleEventQuery } from '../../query/event-parameter.js';
import { Reader } from '../../query/reader.js';
import type { SavedQuery } from '../../watch/saved-query.js';
import type { Rooms } from '../rooms.js';
import { startDeadline } from './deadline.js';
import {
  checkWanted,
  readNamespaces,
  registerDiscovery,
  registerEpcisHeaders,
} from './epcis-header.js';
import { readPage, setNextPage } from './epcis-page.js';
import { registerProblemReply } from './epcis-problem.js';
import { loadEventPage } from './event-page.js';
import { nameIn, type Ask } from './query-ask.js';
import { readDefinition } from './query-body.js';
import { registerQuerySubscriptions } from './query-subscription-route.js';

/**
 * Named queries of EPCIS 2.0 REST: `GET` and `POST /queries`, `GET` and `DELETE /queries/{name}`,
 * `GET /queries/{name}/events`, and their subscriptions. The same saved queries as GraphQL's.
 */
export function registerQueries(server: FastifyInstance, rooms: Rooms): void {
  const { watch, limits, logger, now } = rooms;
  const ask: Ask = async (request, reply, work) => {
    checkWanted(request);
    using deadline = startDeadline(reply.raw, limits.deadlineMs);
    return await work(new Reader(rooms, request.session.viewer, deadline.signal));
  };

  server.register(async (scope) => {
    registerProblemReply(scope, 'query', logger);
    registerEpcisHeaders(scope);
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    registerDiscovery(scope, '/queries', 'GET, POST');
    registerDiscovery(scope, '/queries/:name', 'GET, DELETE');
    registerDiscovery(scope, '/queries/:name/events', 'GET');
    scope.get('/queries', (request, reply) =>
      ask(request, reply, (reader) => watch.queries(reader).map(formatDefinition)),
    );
    scope.post('/queries', async (request, reply) => {
      const { name } = await ask(request, reply, (reader) => {
        checkEventReader(reader);
        const { name, parameters } = readDefinition(request.body);
        const namespaces = readNamespaces(request);
        const { filter } = parseEventParameters(parameters, namespaces);
        return watch.saveQuery(reader, { name, filter, asked: { parameters, namespaces } });
      });
      return reply
        .code(201)
        .header('location', `/queries/${encodeURIComponent(name)}`)
        .send();
    });
    scope.get('/queries/:name', (request, reply) =>
      ask(request, reply, (reader) => formatDefinition(find(reader, request))),
    );
    scope.delete('/queries/:name', async (request, reply) => {
      await ask(request, reply, (reader) => watch.deleteQuery(reader, nameIn(request)));
      return reply.code(204).send();
    });
    scope.get('/queries/:name/events', async (request, reply) => {
      const page = await ask(request, reply, (reader) => {
        const query = { ...questionOf(find(reader, request)), ...readPage(request) };
        return loadEventPage(reader, query);
      });
      if (page.next !== undefined) setNextPage(request, reply, page.next, now());
      if (page.withheld > 0) reply.header('provtrail-events-withheld', String(page.withheld));
      reply.type('application/json; charset=utf-8');
      return reply.send(formatQueryDocument(nameIn(request), page.events, now()));
    });
    registerQuerySubscriptions(scope, watch, ask);
  });

  function find(reader: Reader, request: FastifyRequest): SavedQuery {
    const query = watch.query(reader, nameIn(request));
    if (query) return query;
    throw new AppError('NOT_FOUND', 'there is no such query');
  }
}

/** With order and limits, where it was asked with some. */
function questionOf({ filter, asked }: SavedQuery): SimpleEventQuery {
  if (!asked) return { filter, orderBy: 'TIME_DESC', first: 1 };
  return parseEventParameters(asked.parameters, asked.namespaces);
}

/** A filter saved over GraphQL may say what parameters cannot: then there is no `query`. */
function formatDefinition({ name, asked }: SavedQuery) {
  return asked ? { name, query: asked.parameters } : { name };
}
