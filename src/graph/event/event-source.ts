import type { EventCondition } from './event-condition.js';
import type { NumberRange, TimeWindow } from './event-filter.js';

/** Events that name one of `whats` in one of `roles`; in order of time for each pair. */
export interface MentionSource {
  kind: 'MENTIONS';
  whats: number[];
  roles: number[];
  time?: TimeWindow;
  /** How common such a mention is by nature: an item is rarer than a business step. */
  rank: number;
}

/** Events with a number in the range; in no order of use. */
export interface MeasureSource {
  kind: 'MEASURES';
  keys: number[];
  range: NumberRange;
}

/** Whatever happened, or was captured, in the range asked for. */
export interface RangeSource {
  kind: 'TIMES' | 'SEQS';
}

export type PlainSource = MentionSource | MeasureSource | RangeSource;

/** Where events are to be found that some condition may let through. */
export type EventSource = PlainSource | { kind: 'UNION'; sources: PlainSource[] };

export function plainSources(source: EventSource): PlainSource[] {
  return source.kind === 'UNION' ? source.sources : [source];
}

/** Each of these holds every event that the condition lets through. */
export function sourcesOf(condition: EventCondition): EventSource[] {
  if (condition.kind === 'ALL') return condition.parts.flatMap(sourcesOf);
  const source = unionOf(condition);
  return source ? [source] : [];
}

function unionOf(condition: EventCondition): EventSource | undefined {
  switch (condition.kind) {
    case 'TEST':
      return condition.source;
    case 'NOT':
      return undefined;
    case 'ALL':
      return rarest(condition.parts.flatMap((part) => unionOf(part) ?? []));
    case 'ANY': {
      const sources = condition.parts.map(unionOf);
      if (sources.some((source) => !source)) return undefined;
      return { kind: 'UNION', sources: sources.flatMap((source) => plainSources(source!)) };
    }
  }
}

/** Pairs that each can be read in order of time; undefined for a source that cannot. */
export function mentionsIn(source: EventSource): MentionSource[] | undefined {
  const sources = plainSources(source);
  return sources.every((each) => each.kind === 'MENTIONS') ? sources : undefined;
}

export function rankOf(source: EventSource): number {
  const ranks = plainSources(source).map((each) => (each.kind === 'MENTIONS' ? each.rank : 0));
  return Math.max(0, ...ranks);
}

function rarest(sources: EventSource[]): EventSource | undefined {
  return sources.reduce<EventSource | undefined>(
    (best, each) => (best && rankOf(best) <= rankOf(each) ? best : each),
    undefined,
  );
}
