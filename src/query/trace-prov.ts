import { PARTY } from '../record/cbv/known-term.js';
import { ProvCollector, provTerm, provTime } from '../record/prov/collect.js';
import type { ProvDocument } from '../record/prov/prov.js';
import type { ReportedEntry, TraceReport } from './trace-report.js';

/**
 * The trace of an item as W3C PROV (DOMAIN 3): the item, its containers and what is associated with it are entities,
 * events activities, parties and places agents. An event generates what it commissions, invalidates what it ends, and
 * uses whatever else it names; a packing makes the container a collection. That an event came to the item through a
 * container shows in its using the container.
 */
export function collectTrace(report: TraceReport): ProvDocument {
  const prov = new ProvCollector();
  const item = prov.add('entity', report.epc, { 'pt:status': report.status, 'pt:lot': report.lot });
  for (const entry of report.history) addEntry(prov, report.epc, entry);
  for (const { epc, since } of report.chain.containers) {
    prov.add('entity', epc, { 'pt:since': since });
  }
  for (const { custodian, from } of report.custody.segments) {
    prov.relate('wasAttributedTo', {
      'prov:entity': item,
      'prov:agent': prov.add('agent', custodian),
      'pt:custodyFrom': provTime(from),
    });
  }
  if (report.owner) {
    const agent = prov.add('agent', report.owner.id, { 'prov:label': report.owner.name });
    prov.relate('wasAttributedTo', { 'prov:entity': item, 'prov:agent': agent });
  }
  return prov.document;
}

function addEntry(prov: ProvCollector, epc: string, entry: ReportedEntry): void {
  const { event, source } = entry;
  const activity = prov.add('activity', `urn:provtrail:event-${event.seq}`, {
    // an event has no duration
    'prov:startTime': event.eventTime,
    'prov:endTime': event.eventTime,
    'prov:type': event.type,
    'pt:seq': event.seq,
    'pt:eventID': event.eventID,
    'pt:action': event.action,
    'pt:bizStep': event.bizStep,
    'pt:disposition': event.disposition,
    'pt:source': source.kind,
    'prov:location': event.bizLocation ?? event.readPoint,
  });
  // a sensor of a place names no thing
  if (source.place === null) addUse(prov, activity, source.epc ?? epc, entry);
  const place = event.bizLocation ?? event.readPoint;
  const agents = new Set([...partiesOf(entry), ...(place === null ? [] : [place])]);
  for (const agent of agents) {
    prov.relate('wasAssociatedWith', {
      'prov:activity': activity,
      'prov:agent': prov.add('agent', agent),
    });
  }
}

function addUse(prov: ProvCollector, activity: string, epc: string, entry: ReportedEntry): void {
  const { event, role, source } = entry;
  const time = { 'prov:time': event.eventTime };
  const entity = prov.add('entity', epc);
  const members = { 'prov:entity': entity, 'prov:activity': activity };
  const isPacking = event.type === 'AggregationEvent' && event.action === 'ADD';
  if (isPacking && role === 'CHILD' && event.parentID !== null) {
    const collection = prov.add('entity', event.parentID, {
      'prov:type': provTerm('prov:Collection'),
    });
    prov.relate('hadMember', { 'prov:collection': collection, 'prov:entity': entity });
  }
  const isOwn = source.kind === 'SELF';
  const isObject = event.type === 'ObjectEvent';
  if (isOwn && (role === 'OUTPUT' || (isObject && event.action === 'ADD'))) {
    prov.relate('wasGeneratedBy', { ...members, ...time });
    return;
  }
  const isEnd = role === 'INPUT' || (isObject && event.action === 'DELETE');
  if (isOwn && isEnd) prov.relate('wasInvalidatedBy', { ...members, ...time });
  if (!isObject || event.action !== 'DELETE') prov.relate('used', { ...members, ...time });
}

function partiesOf({ event }: ReportedEntry): string[] {
  return [...event.sources, ...event.destinations]
    .filter(({ type }) => type === PARTY.owning_party || type === PARTY.possessing_party)
    .map(({ value }) => value);
}
