import { convert } from '../record/unit/unit.js';
import type { PlaceView } from '../query/item.js';
import type { ReportedEntry, TraceReport } from '../query/trace-report.js';

/** Lines of a trace for people: what is so now, then what has happened. */
export function formatTraceTable(report: TraceReport): string[] {
  const head = headOf(report).filter(([, text]) => text !== '');
  const width = Math.max(...head.map(([name]) => name.length));
  return [
    plain(report.epc),
    ...head.map(([name, text]) => `  ${name.padEnd(width)}  ${plain(text)}`),
    '',
    ...formatTable(
      ['when', 'step', 'disposition', 'where', 'through', 'record'],
      report.history.map(rowOf),
    ),
  ];
}

function headOf(report: TraceReport): [string, string][] {
  const { status, since, location, chain, children, custody, sensors, conflicts } = report;
  const where = location?.bizLocation ?? location?.site ?? location?.readPoint ?? null;
  return [
    ['status', since === null ? status : `${status} since ${since}`],
    ['product', describeProduct(report)],
    ['place', describePlace(where)],
    ['custodian', describePlace(report.custodian)],
    ['owner', describePlace(report.owner)],
    ['in', chain.containers.map(({ epc }) => epc).join(' in ')],
    ['holds', describeChildren(children.length, report.hasMoreChildren)],
    ['lots', report.quantities.map(describeQuantity).join(', ')],
    ['marked', report.persistentDispositions.map(describeMark).join(', ')],
    ['sensors', sensors.map(describeSensor).join('; ')],
    [
      'gaps',
      custody.gaps.map(({ kind, from, to }) => `${kind} ${from} to ${to ?? 'now'}`).join('; '),
    ],
    ['conflicts', conflicts.map(({ kind, seq }) => `${kind} #${seq}`).join(', ')],
  ];
}

function describeProduct({ productName, lot, expiry }: TraceReport): string {
  return [
    productName,
    lot === null ? null : `lot ${lot}`,
    expiry === null ? null : `expires ${expiry.slice(0, 10)}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function describePlace(place: PlaceView | null): string {
  if (place === null) return '';
  return place.name === null ? place.id : `${place.name} (${place.id})`;
}

function describeChildren(count: number, hasMore: boolean): string {
  if (count === 0) return '';
  return hasMore ? `more than ${count} things` : `${count} thing(s)`;
}

function describeQuantity({ epcClass, amount, uom }: TraceReport['quantities'][number]): string {
  return `${amount}${uom === null ? '' : ` ${uom}`} of ${epcClass}`;
}

function describeMark({ disposition, seq }: TraceReport['persistentDispositions'][number]): string {
  return `${shorten(disposition)} #${seq}`;
}

function describeSensor(summary: TraceReport['sensors'][number]): string {
  const { type, unit, count, min, max, outside } = summary;
  const [low, high] = [min, max].map((value) => showMeasure(value, unit));
  const range = `${count} of ${shorten(type) || 'something'}, ${low} to ${high}`;
  if (!outside || outside.count === 0) return range;
  return `${range}, ${outside.count} outside the storage range (${outside.seconds} s)`;
}

/** Temperatures are kept in kelvin, and thought of in degrees Celsius. */
function showMeasure(value: number, unit: string | null): string {
  if (unit === 'KEL') return `${round(convert(value, 'KEL', 'CEL') ?? value)} °C`;
  return unit === null || unit === 'C62' ? `${round(value)}` : `${round(value)} ${unit}`;
}

function rowOf({ event, source }: ReportedEntry): string[] {
  const { eventTime, type, bizStep, disposition, bizLocation, readPoint, seq } = event;
  const through = {
    SELF: '',
    CONTAINER: `${source.level}: ${source.epc}`,
    LOCATION_SENSOR: 'sensor of the place',
    ASSOCIATION: `on it: ${source.epc}`,
  }[source.kind];
  return [
    eventTime.slice(0, 19).replace('T', ' '),
    shorten(bizStep) || type,
    shorten(disposition),
    bizLocation ?? readPoint ?? '',
    through ?? source.kind,
    `#${seq}`,
  ];
}

function formatTable(head: string[], rows: string[][]): string[] {
  const lines = [head, ...rows.map((row) => row.map(plain))];
  const widths = head.map((_, i) =>
    lines.reduce((width, line) => Math.max(width, line[i]!.length), 0),
  );
  return lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}

/** The last word of a term's URI. */
function shorten(term: string | null): string {
  return term?.replace(/^.*[-/#:]/, '') ?? '';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What somebody captured must not steer the terminal it is shown on. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?');
}
