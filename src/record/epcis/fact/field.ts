import { isObject, type JsonObject } from '../../json-object.js';
import { contextInside, type EventContext } from '../hash/event-context.js';
import { URI_MAX_CHARACTERS } from '../value.js';
import { PROVTRAIL } from '../xml/prefix.js';
import type { FieldArea, FieldFact } from './event-fact.js';
import type { EventNames } from './event-names.js';
import { isScalar, ownScalar, toScalarFact } from './field-scalar.js';
import { fieldName } from './field-name.js';

/** Each becomes rows of the index, and an event may be a megabyte of them; whoever has more is found by the first. */
const FIELDS_MAX = 1_000;
/** Extensions are nested two or three deep. What is below this is kept with the event, but cannot be asked for. */
const DEPTH_MAX = 32;

/** Of JSON-LD, and the text of an element of XML that has attributes; the values among them are their owner's. */
const KEYWORDS = new Set(['@context', '@id', '@type', '@value', '@language', '#text']);

/** Around a member. */
interface Surroundings {
  area: FieldArea;
  isInner: boolean;
  depth: number;
  context: EventContext;
}

interface Place extends Surroundings {
  name: string;
}

/** Collects what is in an event beside EPCIS's own members. */
export class FieldReader {
  readonly facts: FieldFact[] = [];

  constructor(private readonly names: EventNames) {}

  /** The extensions among the members of an object of EPCIS. */
  readExtensions(object: JsonObject, area: FieldArea): void {
    let around: Surroundings | undefined;
    for (const name of Object.keys(object)) {
      if (!name.includes(':')) continue;
      around ??= this.aroundMembersOf(object, area);
      this.readMember(object, name, around);
    }
  }

  /** All members: those of an ILMD are all extensions. */
  readAll(object: JsonObject, area: FieldArea): void {
    this.readMembers(object, this.aroundMembersOf(object, area));
  }

  private aroundMembersOf(object: JsonObject, area: FieldArea): Surroundings {
    // what the event itself declares is in its names already
    const { context } = this.names;
    const own = area === 'EVENT' ? context : contextWithin(object, context);
    return { area, isInner: false, depth: 0, context: own };
  }

  private readMembers(object: JsonObject, around: Surroundings): void {
    for (const name of Object.keys(object)) this.readMember(object, name, around);
  }

  private readMember(object: JsonObject, member: string, around: Surroundings): void {
    if (KEYWORDS.has(member) || this.isFull(around)) return;
    const name = fieldName(member, around.context);
    if (name.length > URI_MAX_CHARACTERS || name.startsWith(PROVTRAIL)) return;
    this.readValue(object[member], { ...around, name });
  }

  private readValue(value: unknown, place: Place): void {
    if (Array.isArray(value)) this.readList(value, { ...place, depth: place.depth + 1 });
    else if (isObject(value)) this.readObject(value, place, false);
    else if (value !== null) this.add(place, value);
  }

  private readList(list: unknown[], place: Place): void {
    let isTold = false;
    for (const item of list) {
      if (this.isFull(place)) return;
      if (isObject(item)) isTold = this.readObject(item, place, isTold);
      else this.readValue(item, place);
    }
  }

  /**
   * @param isTold true when it has been told that there is an object of this name: that of a list is told once
   * @returns the same, after this one
   */
  private readObject(object: JsonObject, place: Place, isTold: boolean): boolean {
    const scalar = ownScalar(object);
    const isAlone = isScalar(scalar);
    if (isAlone) this.add(place, scalar);
    else if (!isTold) this.add(place);
    const { area, depth } = place;
    const context = contextWithin(object, place.context);
    this.readMembers(object, { area, isInner: true, depth: depth + 1, context });
    return isTold || !isAlone;
  }

  private add({ area, name, isInner }: Place, scalar?: unknown): void {
    this.facts.push({ area, name, ...(isInner && { isInner }), ...toScalarFact(scalar) });
  }

  private isFull({ depth }: Surroundings): boolean {
    return depth > DEPTH_MAX || this.facts.length >= FIELDS_MAX;
  }
}

function contextWithin(object: JsonObject, outer: EventContext): EventContext {
  return '@context' in object ? contextInside(object, outer) : outer;
}
