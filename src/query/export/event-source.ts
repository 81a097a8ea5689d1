import { AppError } from '../../error.js';
import { formatEpcisText, type EventView } from '../event.js';
import { checkEventReader, listEvents } from '../event-list.js';
import { parseEventParameters, type SimpleEventQuery } from '../event-parameter.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_CONTENTS, PAGE_ROWS, type ExportSource } from './export-source.js';
import { checkExporter } from './record-source.js';

const COLUMNS: readonly ExportColumn[] = [
  { name: 'seq', kind: 'integer' },
  { name: 'cid', kind: 'text' },
  { name: 'eventID', kind: 'text' },
  { name: 'type', kind: 'text' },
  { name: 'action', kind: 'text' },
  { name: 'eventTime', kind: 'time' },
  { name: 'recordTime', kind: 'time' },
  { name: 'bizStep', kind: 'text' },
  { name: 'disposition', kind: 'text' },
  { name: 'readPoint', kind: 'text' },
  { name: 'bizLocation', kind: 'text' },
  { name: 'parentID', kind: 'text' },
  { name: 'transformationID', kind: 'text' },
  { name: 'bizTransactions', kind: 'json' },
  { name: 'sources', kind: 'json' },
  { name: 'destinations', kind: 'json' },
  { name: 'persistentDisposition', kind: 'json' },
  { name: 'lot', kind: 'text' },
  { name: 'expiry', kind: 'time' },
  { name: 'isVoided', kind: 'boolean' },
  { name: 'isErrorDeclaration', kind: 'boolean' },
];

const CONTENT_COLUMNS: readonly ExportColumn[] = [{ name: 'event', kind: 'json' }];

/** Of SimpleEventQuery, but about pages. */
const OF_PAGES = ['perPage', 'nextPageToken', 'maxEventCount', 'eventCountLimit'];

/**
 * Events by the parameters of SimpleEventQuery, in the ledger's order unless `orderBy` says otherwise; with
 * `content=true` each as it was captured.
 */
export function openEvents(reader: Reader, parameters: ExportParameters): ExportSource {
  checkEventReader(reader);
  checkExporter(reader, ['epcis.event']);
  const withContent = parameters.flag('content') ?? false;
  const includeInherited = parameters.flag('includeInherited') ?? false;
  const { filter, orderBy } = readQuery(parameters);
  return {
    columns: withContent ? [...COLUMNS, ...CONTENT_COLUMNS] : COLUMNS,
    pageSize: withContent ? PAGE_CONTENTS : PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const pinned = { ...filter, beforeSeq: knownAt + 1 };
      const asked = { filter: pinned, orderBy, first, after, includeInherited };
      const { nodes, hasNext, endCursor, cursorOf } = await listEvents(reader, asked);
      const records = await reader.load.recordAt.loadMany(nodes.map(({ seq }) => seq));
      const cids = records.map((node) =>
        node instanceof Error ? null : (node?.recordCid ?? null),
      );
      const texts = withContent
        ? await Promise.all(nodes.map((view) => formatEpcisText(reader, view)))
        : undefined;
      const rows = nodes.map((view, i) => {
        const row = formatRow(view, cids[i]!, knownAt);
        return texts ? [...row, texts[i]!] : row;
      });
      return {
        rows,
        cursorOf: (row) => cursorOf(nodes[row]!),
        ...(hasNext && endCursor !== null && { next: endCursor }),
      };
    },
  };
}

function readQuery(parameters: ExportParameters): SimpleEventQuery {
  const lists = parameters.rest();
  if (OF_PAGES.some((name) => Object.hasOwn(lists, name))) {
    throw new AppError('BAD_USER_INPUT', `an export has none of ${OF_PAGES.join(', ')}`, {
      hint: 'bound it by time, and go on with `after`',
    });
  }
  const joined = Object.entries(lists).map(([name, values]) => [name, values.join('|')]);
  const named = Object.fromEntries(joined) as Record<string, string>;
  const isOrdered = 'orderBy' in named || 'orderDirection' in named;
  const query = parseEventParameters(named);
  return isOrdered ? query : { ...query, orderBy: 'RECORD_ASC' };
}

/** As it was known at that position: what voids an event later is not known yet. */
function formatRow(view: EventView, cid: string | null, knownAt: number): ExportRow {
  const { seq, eventID, type, action, eventTime, recordTime, bizStep, disposition } = view;
  const { readPoint, bizLocation, parentID, transformationID, lot, expiry } = view;
  const { voidedAt = Infinity } = view.event;
  return [
    ...[seq, cid, eventID, type, action, eventTime, recordTime, bizStep, disposition],
    ...[readPoint, bizLocation, parentID, transformationID],
    ...[view.bizTransactions, view.sources, view.destinations].map(formatList),
    view.persistentDisposition === null ? null : JSON.stringify(view.persistentDisposition),
    ...[lot, expiry, voidedAt <= knownAt, view.isErrorDeclaration],
  ];
}

function formatList(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
