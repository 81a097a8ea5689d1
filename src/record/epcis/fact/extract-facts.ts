import type { CbvKind } from '../../cbv/term.js';
import { parseInstant } from '../../instant.js';
import { isObject, objectsAt, type JsonObject } from '../../json-object.js';
import { QUANTITY_LISTS } from '../event-type.js';
import type { EpcForms } from './epc-forms.js';
import type {
  EpcisAction,
  ErrorFact,
  EventFacts,
  QuantityFact,
  QuantityList,
  TypedFact,
} from './event-fact.js';
import { EventNames } from './event-names.js';
import { finiteNumber, shortText, textsIn } from './fact-text.js';
import { FieldReader } from './field.js';
import { ilmdFacts } from './ilmd.js';
import { sensorFacts } from './sensor.js';

const ACTIONS: readonly unknown[] = ['ADD', 'OBSERVE', 'DELETE'];

/** What facts are read with. */
export interface FactSource {
  /** JSON text of the document's context, for an event that has not yet taken it along. */
  context?: string | undefined;
  epcs: EpcForms;
}

/** What an index needs to know of an event. Trusts nothing about its structure: what is odd gives no fact. */
export function extractFacts(event: JsonObject, { context, epcs }: FactSource): EventFacts {
  const names = new EventNames(event['@context'], context);
  const fields = new FieldReader(names);
  const reader = new FactReader(event, names, epcs);
  const facts = reader.read();
  // the ILMD first: lot and expiry are not to be crowded out
  for (const ilmd of objectsAt(event, 'ilmd')) fields.readAll(ilmd, 'ILMD');
  fields.readExtensions(event, 'EVENT');
  for (const [member, area] of PARTS) {
    for (const part of objectsAt(event, member)) fields.readExtensions(part, area);
  }
  const sensors = sensorFacts(event, { names, epcs, fields });
  if (sensors.length > 0) facts.sensors = sensors;
  if (fields.facts.length > 0) {
    facts.fields = fields.facts;
    Object.assign(facts, ilmdFacts(fields.facts));
  }
  return facts;
}

const PARTS = [
  ['errorDeclaration', 'ERROR_DECLARATION'],
  ['readPoint', 'READ_POINT'],
  ['bizLocation', 'BIZ_LOCATION'],
] as const;

/** Reads EPCIS's own members. */
class FactReader {
  private readonly facts: EventFacts = {};

  constructor(
    private readonly event: JsonObject,
    private readonly names: EventNames,
    private readonly epcs: EpcForms,
  ) {}

  read(): EventFacts {
    const { event, facts } = this;
    const { action } = event;
    if (ACTIONS.includes(action)) facts.action = action as EpcisAction;
    const recordTime = momentOf(event['recordTime']);
    if (recordTime !== undefined) facts.recordTime = recordTime;
    this.put('bizStep', this.termIn('bizStep', event['bizStep']));
    this.put('disposition', this.termIn('disposition', event['disposition']));
    this.put('readPoint', this.placeIn(event['readPoint']));
    this.put('bizLocation', this.placeIn(event['bizLocation']));
    this.put('parent', this.epcsIn(event['parentID'])[0]);
    this.put('transformationId', this.epcsIn(event['transformationID'])[0]);
    this.putList('epcs', this.epcsIn(event['epcList']));
    this.putList('children', this.epcsIn(event['childEPCs']));
    this.putList('inputs', this.epcsIn(event['inputEPCList']));
    this.putList('outputs', this.epcsIn(event['outputEPCList']));
    this.putList('quantities', this.quantities());
    this.readWhy();
    this.readDispositions();
    this.readError();
    return facts;
  }

  private readWhy(): void {
    const { event } = this;
    const transactions = this.typed('bizTransactionList', 'bizTransaction', 'bizTransactionType');
    this.putList('bizTransactions', transactions);
    if ('sourceList' in event) {
      this.putList('sources', this.typed('sourceList', 'source', 'sourceDestType'));
    }
    if ('destinationList' in event) {
      this.putList('destinations', this.typed('destinationList', 'destination', 'sourceDestType'));
    }
  }

  private readDispositions(): void {
    const persistent = this.event['persistentDisposition'];
    if (!isObject(persistent)) return;
    const terms = (value: unknown) =>
      textsIn(value).map((text) => this.names.termOf('disposition', text));
    this.putList('set', terms(persistent['set']));
    this.putList('unset', terms(persistent['unset']));
  }

  private readError(): void {
    const declaration = this.event['errorDeclaration'];
    if (!isObject(declaration)) return;
    const error: ErrorFact = {};
    const declaredAt = momentOf(declaration['declarationTime']);
    if (declaredAt !== undefined) error.declaredAt = declaredAt;
    const reason = this.termIn('errorReason', declaration['reason']);
    if (reason !== undefined) error.reason = reason;
    const correctiveIds = textsIn(declaration['correctiveEventIDs']);
    if (correctiveIds.length > 0) error.correctiveIds = correctiveIds;
    this.facts.error = error;
  }

  private quantities(): QuantityFact[] {
    return QUANTITY_LISTS.flatMap((list) =>
      objectsAt(this.event, list).flatMap((item) => this.quantity(list as QuantityList, item)),
    );
  }

  private quantity(list: QuantityList, item: JsonObject): QuantityFact[] {
    const [epcClass] = this.epcsIn(item['epcClass']);
    if (epcClass === undefined) return [];
    const fact: QuantityFact = { list, epcClass };
    const quantity = finiteNumber(item['quantity']);
    if (quantity !== undefined) fact.quantity = quantity;
    const uom = shortText(item['uom']);
    if (uom !== undefined) fact.uom = uom;
    return [fact];
  }

  private typed(list: string, member: string, kind: CbvKind): TypedFact[] {
    return objectsAt(this.event, list).flatMap((item) => {
      const [value] = this.epcsIn(item[member]);
      if (value === undefined) return [];
      const type = this.termIn(kind, item['type']);
      return [type === undefined ? { value } : { type, value }];
    });
  }

  private termIn(kind: CbvKind, value: unknown): string | undefined {
    const text = shortText(value);
    return text === undefined ? undefined : this.names.termOf(kind, text);
  }

  private placeIn(value: unknown): string | undefined {
    return isObject(value) ? this.epcsIn(value['id'])[0] : undefined;
  }

  private epcsIn(value: unknown): string[] {
    return textsIn(value).map((text) => this.epcs.of(text));
  }

  private put<K extends keyof EventFacts>(name: K, value: EventFacts[K]): void {
    if (value !== undefined) this.facts[name] = value;
  }

  private putList<K extends keyof EventFacts>(name: K, value: EventFacts[K] & unknown[]): void {
    if (value.length > 0) this.facts[name] = value;
  }
}

function momentOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}
