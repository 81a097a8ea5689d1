import type { VocabularyRole } from '../../graph/event/event-vocabulary.js';

/** A top-level resource of EPCIS 2.0 REST: what events have named, and the events that name one of them. */
export interface EventResource {
  /** `bizSteps`: the list is at `/bizSteps`, the events at `/bizSteps/{name}/events`. */
  path: string;
  role: VocabularyRole;
  /** The parameters of SimpleEventQuery any of which finds the events of one. */
  parameters: string[];
}

export const EVENT_RESOURCES: readonly EventResource[] = [
  { path: 'eventTypes', role: 'TYPE', parameters: ['eventType'] },
  { path: 'epcs', role: 'EPC', parameters: ['MATCH_anyEPC', 'MATCH_anyEPCClass'] },
  { path: 'bizSteps', role: 'BIZ_STEP', parameters: ['EQ_bizStep'] },
  { path: 'bizLocations', role: 'BIZ_LOCATION', parameters: ['EQ_bizLocation'] },
  { path: 'readPoints', role: 'READ_POINT', parameters: ['EQ_readPoint'] },
  { path: 'dispositions', role: 'DISPOSITION', parameters: ['EQ_disposition'] },
];
