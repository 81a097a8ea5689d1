import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { parseIdentifier } from '../../record/gs1/identifier.js';
import { Select } from '../select.js';
import { allOf, anyOf, not, type EventCondition } from './event-condition.js';
import type { EventTests } from './event-test.js';
import type { Inheritance } from './event-inheritance.js';
import type { MentionRole } from './mention-role.js';

/** Units of lots are looked for one by one. */
const UNITS_MAX = 2_000;

/** A lot as `https://id.gs1.org/01/<GTIN>/10/<lot>`. */
const GTIN_OF_LOT = /^(https:\/\/id\.gs1\.org\/01\/\d{14})\/10\//;

export type ThingList = 'epc' | 'parentId' | 'inputEpc' | 'outputEpc' | 'anyEpc';

/** Which lists an instance is looked for in, and which roles its class has there. */
const LISTS: Record<ThingList, { roles: MentionRole[]; classRoles: MentionRole[] }> = {
  // epcList and childEPCs (EPCIS 2.0 section 8.2.7.1); a transformation has neither
  epc: { roles: ['EPC', 'CHILD'], classRoles: ['CLASS_OF_INSTANCE'] },
  parentId: { roles: ['PARENT'], classRoles: ['CLASS_OF_PARENT'] },
  inputEpc: { roles: ['INPUT'], classRoles: ['CLASS_OF_INPUT'] },
  outputEpc: { roles: ['OUTPUT'], classRoles: ['CLASS_OF_OUTPUT'] },
  anyEpc: {
    roles: ['EPC', 'CHILD', 'PARENT', 'INPUT', 'OUTPUT'],
    classRoles: ['CLASS_OF_INSTANCE', 'CLASS_OF_PARENT'],
  },
};

/** Conditions on the instances an event names; a class or a lot stands for all its instances. */
export class EventThings {
  private readonly unitsOfLot: Select<[item: number]>;

  constructor(
    database: DatabaseSync,
    private readonly tests: EventTests,
    private readonly inheritance: Inheritance,
  ) {
    this.unitsOfLot = new Select(
      database,
      `SELECT DISTINCT u.item FROM unit u CROSS JOIN event e ON e.seq = u.seq
       WHERE u.gtin = ? AND u.lot = ? AND e.voided IS NULL LIMIT +?`,
    );
  }

  /**
   * @param isInherited also what happened to the containers while an instance was in them
   * @throws AppError QUERY_TOO_COMPLEX
   */
  names(list: ThingList, epcs: readonly string[], isInherited: boolean): EventCondition {
    const { roles, classRoles } = LISTS[list];
    const kinds = new Map(epcs.map((epc) => [epc, parseIdentifier(epc)?.kind]));
    const classes = epcs.filter((epc) => kinds.get(epc) === 'GTIN');
    const lots = epcs.filter((epc) => kinds.get(epc) === 'LGTIN');
    const ofClasses = this.tests.names(classRoles, classes);
    const items = [...this.tests.idsOf(epcs), ...lots.flatMap((lot) => this.unitsOf(lot))];
    if (items.length > UNITS_MAX) throw tooMany();
    const reaches = isInherited && (list === 'epc' || list === 'anyEpc');
    return anyOf([
      this.tests.namesIds(roles, [...new Set(items)]),
      list === 'epc' ? allOf([ofClasses, this.isNoTransformation()]) : ofClasses,
      ...(reaches ? items.map((item) => this.inheritance.reaches(item)) : []),
    ]);
  }

  private isNoTransformation(): EventCondition {
    return not(this.tests.names(['TYPE'], ['TransformationEvent']));
  }

  private unitsOf(lot: string): number[] {
    const gtin = this.tests.idOf(GTIN_OF_LOT.exec(lot)?.[1] ?? '');
    const number = parseIdentifier(lot)?.qualifiers.find(({ ai }) => ai === '10')?.value;
    const lotId = number === undefined ? undefined : this.tests.idOf(number);
    if (gtin === undefined || lotId === undefined) return [];
    return this.unitsOfLot.all(gtin, lotId, UNITS_MAX + 1).map(([item]) => item);
  }
}

function tooMany(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', `the lots asked for have more than ${UNITS_MAX} units`, {
    hint: 'ask for events by `lot`, or for a recall of the lot',
    limit: UNITS_MAX,
  });
}
