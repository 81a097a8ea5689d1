import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Rooms } from '../rooms.js';
import type { OpenStreams } from './open-stream.js';
import { routeTemplate } from './request-log.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the node says of itself in numbers. Labels are route templates, methods and states: nothing of any record. */
export function createMetrics(rooms: Rooms, streams: OpenStreams): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'provtrail_' });
  addGauge(registry, 'log_entries', 'Entries in the published log', () => rooms.ledger.head().size);
  addGauge(
    registry,
    'index_lag_entries',
    'Entries the index has yet to apply',
    () => rooms.follower.lag().entries,
  );
  addGauge(
    registry,
    'index_lag_seconds',
    'Age of the oldest of them',
    () => rooms.follower.lag().ms / 1000,
  );
  addGauge(
    registry,
    'facts_lag_entries',
    'Entries of the index that the facts have yet to take in',
    () => Math.max(0, indexed(rooms) - rooms.facts.position),
  );
  addGauge(registry, 'open_streams', 'Event streams open now', () => streams.size);
  addRecordCounter(registry, rooms);
  return registry;
}

function indexed({ ledger, follower }: Rooms): number {
  return ledger.head().size - follower.lag().entries;
}

/** Times every answered request. */
export function registerHttpMetrics(server: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'provtrail_http_request_seconds',
    help: 'Time from request to the end of its answer, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  server.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: routeTemplate(request),
      status: reply.statusCode,
    };
    durations.observe(labels, reply.elapsedTime / 1000);
  });
}

/** Times what each batch of a bulk upload takes from drafting to the published checkpoint. */
export function captureTimer(registry: Registry): (seconds: number) => void {
  const histogram = new Histogram({
    name: 'provtrail_capture_batch_seconds',
    help: 'Time to draft, seal, append and publish one batch of a bulk upload',
    buckets: SECONDS,
    registers: [registry],
  });
  return (seconds) => histogram.observe(seconds);
}

function addGauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name: `provtrail_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

function addRecordCounter(registry: Registry, { capture }: Rooms): void {
  new Counter({
    name: 'provtrail_records_total',
    help: 'Records by what became of them since the start',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(capture.counts)) this.inc({ outcome }, count);
    },
  });
}
