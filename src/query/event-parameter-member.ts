import type { EventFilter, TimeWindow } from '../graph/event/event-filter.js';
import { isEventType } from '../record/epcis/event-type.js';
import type { CbvKind } from '../record/cbv/term.js';
import type { ParameterInput } from './event-parameter-input.js';
import { narrowWindow } from './event-parameter-range.js';

/** Adds what a parameter says to the filter, or answers with a filter that must hold beside it. */
type ReadMember = (filter: EventFilter, input: ParameterInput) => EventFilter | void;

/** Members of the filter that are lists of texts. */
type ListName = {
  [Name in keyof EventFilter]-?: EventFilter[Name] extends string[] | undefined ? Name : never;
}[keyof EventFilter];

type WindowName = 'eventTime' | 'recordTime' | 'errorDeclarationTime';

/** Parameters that name one member of an event. */
export const MEMBER_PARAMETERS: Readonly<Record<string, ReadMember>> = {
  eventType: (filter, input) => {
    filter.eventType = input.texts();
    if (!filter.eventType.every(isEventType)) throw input.refuse('names no type of event');
  },
  GE_eventTime: from('eventTime'),
  LT_eventTime: before('eventTime'),
  GE_recordTime: from('recordTime'),
  LT_recordTime: before('recordTime'),
  EQ_action: (filter, input) => {
    filter.action = input.oneOf(['ADD', 'OBSERVE', 'DELETE']);
  },
  EQ_bizStep: terms('bizStep', 'bizStep'),
  EQ_disposition: terms('disposition', 'disposition'),
  EQ_persistentDisposition_set: terms('setDisposition', 'disposition'),
  EQ_persistentDisposition_unset: terms('unsetDisposition', 'disposition'),
  EQ_persistentDisposition: (_filter, input) => {
    const dispositions = input.terms('disposition');
    return { or: [{ setDisposition: dispositions }, { unsetDisposition: dispositions }] };
  },
  EQ_readPoint: epcs('readPoint'),
  WD_readPoint: epcs('readPointWithin'),
  EQ_bizLocation: epcs('bizLocation'),
  WD_bizLocation: epcs('bizLocationWithin'),
  EQ_transformationID: epcs('transformationId'),
  MATCH_epc: epcs('epc'),
  MATCH_parentID: epcs('parentId'),
  MATCH_inputEPC: epcs('inputEpc'),
  MATCH_outputEPC: epcs('outputEpc'),
  MATCH_anyEPC: epcs('anyEpc'),
  MATCH_epcClass: epcs('epcClass'),
  MATCH_inputEPCClass: epcs('inputEpcClass'),
  MATCH_outputEPCClass: epcs('outputEpcClass'),
  MATCH_anyEPCClass: epcs('anyEpcClass'),
  EQ_eventID: texts('eventId'),
  EXISTS_errorDeclaration: (filter, input) => {
    input.void();
    filter.hasErrorDeclaration = true;
  },
  GE_errorDeclarationTime: from('errorDeclarationTime'),
  LT_errorDeclarationTime: before('errorDeclarationTime'),
  GE_errorDeclaration_Time: from('errorDeclarationTime'),
  LT_errorDeclaration_Time: before('errorDeclarationTime'),
  EQ_errorReason: terms('errorReason', 'errorReason'),
  EQ_correctiveEventID: texts('correctiveEventId'),
};

function texts(name: ListName): ReadMember {
  return (filter, input) => setList(filter, name, input.texts());
}

function epcs(name: ListName): ReadMember {
  return (filter, input) => setList(filter, name, input.epcs());
}

function terms(name: ListName, kind: CbvKind): ReadMember {
  return (filter, input) => setList(filter, name, input.terms(kind));
}

function setList(filter: EventFilter, name: ListName, values: string[]): void {
  Object.assign(filter, { [name]: values });
}

function from(name: WindowName): ReadMember {
  return (filter, input) => narrowWindow(windowOf(filter, name), 'GE', input.instant());
}

function before(name: WindowName): ReadMember {
  return (filter, input) => narrowWindow(windowOf(filter, name), 'LT', input.instant());
}

function windowOf(filter: EventFilter, name: WindowName): TimeWindow {
  return (filter[name] ??= {});
}
