import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { checkEventReader } from '../../query/event-list.js';
import type { Reader } from '../../query/reader.js';
import type { QuerySubscription } from '../../watch/query-subscription.js';
import type { Watch } from '../../watch/watch.js';
import { registerDiscovery } from './epcis-header.js';
import { nameIn, type Ask } from './query-ask.js';
import { readSubscription } from './query-body.js';

/**
 * `GET` and `POST /queries/{name}/subscriptions`, `GET` and `DELETE` of each. Deliveries are signed twice: as EPCIS says
 * when the receiver gave a token, and as Standard Webhooks are, with a secret that only the answer to `POST` tells.
 */
export function registerQuerySubscriptions(scope: FastifyInstance, watch: Watch, ask: Ask): void {
  const all = '/queries/:name/subscriptions';
  registerDiscovery(scope, all, 'GET, POST');
  registerDiscovery(scope, `${all}/:id`, 'GET, DELETE');
  scope.get(all, (request, reply) =>
    ask(request, reply, (reader) => list(reader, request).map(formatSubscription)),
  );
  scope.post(all, async (request, reply) => {
    const { subscription, secret } = await ask(request, reply, (reader) => {
      checkEventReader(reader);
      return watch.subscribe(reader, readSubscription(nameIn(request), request.body));
    });
    const { id } = subscription;
    reply.code(201).header('location', `/queries/${nameIn(request)}/subscriptions/${id}`);
    return reply.send({ ...formatSubscription(subscription), webhookSecret: secret });
  });
  scope.get(`${all}/:id`, (request, reply) =>
    ask(request, reply, (reader) => formatSubscription(find(reader, request))),
  );
  scope.delete(`${all}/:id`, async (request, reply) => {
    await ask(request, reply, (reader) => watch.unsubscribe(reader, find(reader, request).id));
    return reply.code(204).send();
  });

  function list(reader: Reader, request: FastifyRequest): QuerySubscription[] {
    const query = watch.query(reader, nameIn(request));
    if (query) return watch.subscriptions(query);
    throw new AppError('NOT_FOUND', 'there is no such query');
  }

  function find(reader: Reader, request: FastifyRequest): QuerySubscription {
    const { id } = request.params as { id: string };
    const found = list(reader, request).find((each) => each.id === id);
    if (found) return found;
    throw new AppError('NOT_FOUND', 'there is no such subscription');
  }
}

/** Without its secrets. */
function formatSubscription(subscription: QuerySubscription) {
  const { id, url, createdAt, deliveredAt, state, delivered, fault, status } = subscription;
  return {
    subscriptionID: id,
    dest: url,
    stream: true,
    createdAt: new Date(createdAt).toISOString(),
    ...(deliveredAt !== undefined && { lastNotifiedAt: new Date(deliveredAt).toISOString() }),
    state,
    delivered,
    ...(fault !== undefined && { fault }),
    ...(status !== undefined && { status }),
  };
}
