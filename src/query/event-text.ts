import { memberSpan } from '../record/json-span.js';

/**
 * An event's text with this `recordTime`, which is the repository's to say (EPCIS 2.0 section 7.4.1); all else stays as
 * it was spelt.
 *
 * @param text compact text of one event
 * @param recordTime ms
 */
export function withRecordTime(text: string, recordTime: number): string {
  const time = JSON.stringify(new Date(recordTime).toISOString());
  const span = memberSpan(text, 0, 'recordTime');
  if (span) return text.slice(0, span.start) + time + text.slice(span.end);
  return `${text.slice(0, -1)},"recordTime":${time}}`;
}
