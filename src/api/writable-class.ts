import { decide } from '../access/policy.js';
import type { Viewer } from '../access/viewer.js';
import { RECORD_CLASSES, type RecordClass } from '../record/draft.js';

/** The classes of record this viewer may capture. */
export function writableClasses(viewer: Viewer): RecordClass[] {
  return RECORD_CLASSES.filter((name) => decide(viewer, 'record.capture', { class: name }).permit);
}
