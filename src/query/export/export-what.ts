import { AppError } from '../../error.js';
import { openAlerts } from './alert-source.js';
import { openEntries } from './entry-source.js';
import { openEvents } from './event-source.js';
import type { OpenSource } from './export-source.js';
import { FACT_EXPORTS } from './fact-source.js';
import { FIGURE_EXPORTS } from './figure-source.js';
import { openHistory } from './history-source.js';
import { openImpact } from './impact-source.js';
import { openLineageEdges, openLineageNodes } from './lineage-source.js';
import { openRecords } from './record-source.js';
import { openUnits } from './unit-source.js';

/** All that can be exported, by name. */
const SOURCES: Readonly<Record<string, OpenSource>> = {
  records: openRecords,
  events: openEvents,
  alerts: openAlerts,
  entries: openEntries,
  'lineage.nodes': openLineageNodes,
  'lineage.edges': openLineageEdges,
  impact: openImpact,
  history: openHistory,
  units: openUnits,
  ...FACT_EXPORTS,
  ...FIGURE_EXPORTS,
};

/** @throws AppError BAD_USER_INPUT */
export function sourceOf(what: string): OpenSource {
  const found = Object.hasOwn(SOURCES, what) ? SOURCES[what] : undefined;
  if (found) return found;
  throw new AppError('BAD_USER_INPUT', 'there is no such export', {
    pointer: '/what',
    hint: `what can be exported: lineage, ${Object.keys(SOURCES).join(', ')}`,
  });
}
