import type { EventFacts, QuantityList } from '../../record/epcis/fact/event-fact.js';
import { toBase } from '../../record/unit/unit.js';
import {
  DECLARATION_TIME,
  fieldMeasure,
  quantityMeasure,
  sensorMeasure,
  sensorTime,
} from './measure-key.js';
import {
  ANY_TEXT,
  encodeRole,
  fieldRole,
  sensorRole,
  typedRole,
  WORD_ROLE_MIN,
  type MentionRole,
} from './mention-role.js';

export const QUANTITY_ROLES: Record<QuantityList, MentionRole> = {
  quantityList: 'QUANTITY',
  childQuantityList: 'CHILD_QUANTITY',
  inputQuantityList: 'INPUT_QUANTITY',
  outputQuantityList: 'OUTPUT_QUANTITY',
};

const SENSOR_TIMES = ['time', 'startTime', 'endTime'] as const;

/** Ids of words. */
export interface Terms {
  idOf(text: string): number;
}

/** What an event is found by, as pairs of integers; an item named twice in one role is there twice. */
export interface Mentions {
  /** what, role; what, role; ... */
  mentions: number[];
  /** key, value; key, value; ... */
  measures: number[];
}

/** Works out all that one event is found by. */
export class MentionFormatter {
  private mentions: number[] = [];
  private measures: number[] = [];

  constructor(
    private readonly terms: Terms,
    private readonly gtinOf: (epc: string) => string | undefined,
  ) {}

  format(type: string, eventId: string | undefined, facts: EventFacts): Mentions {
    this.mentions = [];
    this.measures = [];
    this.add('TYPE', type);
    if (eventId !== undefined) this.add('EVENT_ID', eventId);
    this.addColumns(facts);
    this.addItems(facts);
    if (type === 'TransactionEvent') this.addEach('TRANSACTION_PARENT', facts.parent);
    this.addTyped(facts);
    this.addQuantities(facts);
    this.addError(type, facts);
    this.addSensors(facts);
    this.addFields(facts);
    return { mentions: this.mentions, measures: this.measures };
  }

  private addColumns(facts: EventFacts): void {
    this.addEach('ACTION', facts.action);
    this.addEach('BIZ_STEP', facts.bizStep);
    this.addEach('DISPOSITION', facts.disposition);
    this.addEach('READ_POINT', facts.readPoint);
    this.addEach('BIZ_LOCATION', facts.bizLocation);
    this.addEach('TRANSFORMATION_ID', facts.transformationId);
    this.addEach('LOT', facts.lot);
    this.addEach('SET_DISPOSITION', facts.set);
    this.addEach('UNSET_DISPOSITION', facts.unset);
  }

  private addItems({ parent, epcs, children, inputs, outputs }: EventFacts): void {
    this.addEach('PARENT', parent);
    this.addEach('EPC', epcs);
    this.addEach('CHILD', children);
    this.addEach('INPUT', inputs);
    this.addEach('OUTPUT', outputs);
    this.addEach('CLASS_OF_INSTANCE', this.classesOf(epcs, children, inputs, outputs));
    this.addEach('CLASS_OF_PARENT', this.classesOf(parent === undefined ? [] : [parent]));
    this.addEach('CLASS_OF_INPUT', this.classesOf(inputs));
    this.addEach('CLASS_OF_OUTPUT', this.classesOf(outputs));
  }

  private classesOf(...lists: (readonly string[] | undefined)[]): string[] {
    const classes = new Set<string>();
    for (const list of lists) {
      for (const epc of list ?? []) {
        const gtin = this.gtinOf(epc);
        if (gtin !== undefined) classes.add(gtin);
      }
    }
    return [...classes];
  }

  private addTyped({ bizTransactions, sources, destinations }: EventFacts): void {
    const lists = { bizTransaction: bizTransactions, source: sources, destination: destinations };
    for (const [list, facts] of Object.entries(lists)) {
      for (const { type, value } of facts ?? []) {
        this.addWord(typedRole(list as keyof typeof lists), value);
        if (type !== undefined) this.addWord(typedRole(list as keyof typeof lists, type), value);
      }
    }
  }

  private addQuantities({ quantities }: EventFacts): void {
    for (const { list, epcClass, quantity, uom } of quantities ?? []) {
      this.add(QUANTITY_ROLES[list], epcClass);
      if (quantity === undefined) continue;
      const { value, unit } = inBase(quantity, uom);
      this.measure(quantityMeasure(unit), value);
    }
  }

  private addError(type: string, { error }: EventFacts): void {
    if (!error) return;
    this.add('ERROR_DECLARATION', type);
    this.addEach('ERROR_REASON', error.reason);
    this.addEach('CORRECTIVE_ID', error.correctiveIds);
    if (error.declaredAt !== undefined) this.measure(DECLARATION_TIME, error.declaredAt);
  }

  private addSensors(facts: EventFacts): void {
    const { sensors } = facts;
    if (sensors && namesNothing(facts)) {
      this.addEach('SENSOR_PLACE', facts.readPoint);
      this.addEach('SENSOR_PLACE', facts.bizLocation);
    }
    for (const sensor of sensors ?? []) {
      const { type, exception, unit, numbers = {}, texts = {} } = sensor;
      for (const [name, value] of Object.entries(numbers)) {
        this.measure(sensorMeasure(name as keyof typeof numbers, unit), value);
        if (type !== undefined)
          this.measure(sensorMeasure(name as keyof typeof numbers, unit, type), value);
      }
      for (const [name, text] of Object.entries({ type, exception, ...texts })) {
        if (text !== undefined) this.addWord(sensorRole(name), text);
      }
      for (const name of SENSOR_TIMES) {
        const time = sensor[name];
        if (time !== undefined) this.measure(sensorTime(name), time);
      }
    }
  }

  private addFields({ fields }: EventFacts): void {
    for (const { area, name, isInner = false, text, number, time } of fields ?? []) {
      const role = fieldRole(area, isInner, name);
      this.addWord(role, ANY_TEXT);
      if (text !== undefined && text !== ANY_TEXT) this.addWord(role, text);
      if (number !== undefined) this.measure(fieldMeasure('number', area, isInner, name), number);
      if (time !== undefined) this.measure(fieldMeasure('time', area, isInner, name), time);
    }
  }

  private addEach(role: MentionRole, texts: string | readonly string[] | undefined): void {
    if (typeof texts === 'string') this.add(role, texts);
    else for (const text of texts ?? []) this.add(role, text);
  }

  private add(role: MentionRole, text: string): void {
    this.mentions.push(this.terms.idOf(text), encodeRole(role));
  }

  private addWord(role: string, text: string): void {
    this.mentions.push(this.terms.idOf(text), WORD_ROLE_MIN + this.terms.idOf(role));
  }

  private measure(key: string, value: number): void {
    if (Number.isFinite(value)) this.measures.push(this.terms.idOf(key), value);
  }
}

function namesNothing({
  parent,
  epcs,
  children,
  inputs,
  outputs,
  quantities,
}: EventFacts): boolean {
  const lists = [epcs, children, inputs, outputs, quantities];
  return parent === undefined && lists.every((list) => !list?.length);
}

function inBase(value: number, code: string | undefined): { value: number; unit: string } {
  if (code === undefined) return { value, unit: '' };
  return toBase(value, code) ?? { value, unit: code };
}
