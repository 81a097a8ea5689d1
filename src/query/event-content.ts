import { isAppError } from '../error.js';
import type { EventFacts, QuantityFact } from '../record/epcis/fact/event-fact.js';
import { STANDARD_CONTEXT } from '../record/epcis/hash/event-context.js';
import { eventHash } from '../record/epcis/hash/event-hash.js';
import { extractContent } from '../record/extract.js';
import type { JsonObject } from '../record/json-object.js';
import type { Content } from './content.js';
import { openEvent, type EventView } from './event.js';
import type { Reader } from './reader.js';

/** Lists of instances by their EPCIS names. */
export type EpcListName = 'epcList' | 'childEPCs' | 'inputEPCList' | 'outputEPCList';

/** The beginning of a list, and how many there are in all. */
export interface EpcListView {
  total: number;
  epcs: string[];
}

const MEMBERS = {
  epcList: 'epcs',
  childEPCs: 'children',
  inputEPCList: 'inputs',
  outputEPCList: 'outputs',
} as const satisfies Record<EpcListName, keyof EventFacts>;

/** One list of the event, canonical; null when the content cannot be shown. */
export async function listEpcs(
  reader: Reader,
  view: EventView,
  name: EpcListName,
  first: number,
): Promise<EpcListView | null> {
  const facts = await factsOf(reader, view);
  if (!facts) return null;
  const epcs = facts[MEMBERS[name]] ?? [];
  return { total: epcs.length, epcs: epcs.slice(0, first) };
}

/** Classes and lots with their amounts, as captured; null when the content cannot be shown. */
export async function listQuantities(
  reader: Reader,
  view: EventView,
): Promise<QuantityFact[] | null> {
  const facts = await factsOf(reader, view);
  return facts && (facts.quantities ?? []);
}

/**
 * The event hash id (CBV 2.0, section 8.9); null when the content cannot be shown. Worked out from the sealed content
 * each time: a hash in the clear would confirm a guess.
 */
export async function hashOf(reader: Reader, view: EventView): Promise<string | null> {
  const content = await openEvent(reader, view);
  if (content.text === undefined) return null;
  spendReading(reader, content);
  return eventHash(JSON.parse(content.text) as JsonObject, STANDARD_CONTEXT);
}

/** How much more than opening a content it is to read all that it says, or to hash it. */
const READING = 4;

/** Read once for each content, however many of its lists are asked for. */
const known = new WeakMap<Content, EventFacts | null>();

async function factsOf(reader: Reader, view: EventView): Promise<EventFacts | null> {
  const content = await openEvent(reader, view);
  const facts = known.get(content);
  if (facts !== undefined) return facts;
  spendReading(reader, content);
  const read = readFacts(content);
  known.set(content, read);
  return read;
}

/** @throws AppError QUERY_TOO_COMPLEX, DEADLINE */
function spendReading(reader: Reader, { text = '' }: Content): void {
  reader.remainingMs();
  reader.spend(text.length * READING);
}

function readFacts({ text, mediaType }: Content): EventFacts | null {
  if (text === undefined || mediaType === undefined) return null;
  try {
    return extractContent(text, mediaType).event ?? null;
  } catch (error) {
    // sealed by a version of this program that knew more kinds of content
    if (isAppError(error)) return null;
    throw error;
  }
}
