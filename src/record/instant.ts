const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/;
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The moments a date of less than full precision covers, ms since the epoch: from, up to and including, to. */
export interface Interval {
  from: number;
  to: number;
}

/** An RFC 3339 date-time with its offset, as ms since the epoch; finer fractions are cut off. */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const day = dayStart(Number(match[1]), Number(match[2]), Number(match[3]));
  const clock = clockMs(Number(match[4]), Number(match[5]), Number(match[6]));
  const offset = offsetMs(match[8]!);
  if (day === undefined || clock === undefined || offset === undefined) return undefined;
  const fraction = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return day + clock + fraction - offset;
}

/** A FHIR date, dateTime or instant: `2019`, `2019-03`, `2019-03-08` or a full RFC 3339 date-time. */
export function parseFhirDate(text: string): Interval | undefined {
  const match = DATE.exec(text);
  if (!match) {
    const instant = parseInstant(text);
    return instant === undefined ? undefined : { from: instant, to: instant };
  }
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const from = dayStart(year, month, day);
  if (from === undefined) return undefined;
  return { from, to: nextStart(year, match[2] && month, match[3] && day) - 1 };
}

function nextStart(year: number, month?: number | '', day?: number | ''): number {
  if (!month) return utcDay(year + 1, 1, 1);
  return day ? utcDay(year, month, day) + DAY_MS : utcDay(year, month + 1, 1);
}

function dayStart(year: number, month: number, day: number): number | undefined {
  const start = utcDay(year, month, day);
  const date = new Date(start);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? start : undefined;
}

/** Date.UTC would read the years 0 to 99 as 1900 to 1999. */
function utcDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function clockMs(hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return (hour * 3600 + minute * 60 + second) * 1000;
}

function offsetMs(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}
