import type { Draft, Extract, Problem } from '../draft.js';
import { Findings } from '../finding.js';
import { parseInstant } from '../instant.js';
import { stringAt, type JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import { checkNul } from '../nul.js';
import { checkSize } from '../size.js';
import { checkDataset } from './structure.js';

export const DATASET_MEDIA_TYPE = 'application/vnd.provtrail.dataset+json';

/** Whose naming a dataset's own id is, where it is looked up as an identifier. */
export const DATASET_SYSTEM = 'urn:provtrail:dataset';

export interface DatasetInput {
  dataset: JsonObject;
  /** Its compact text. */
  text: string;
  /** Its place in its document. */
  place: Path;
}

/** True for the description of a dataset: `{"type": "Dataset", "id": ..., "name": ...}`. */
export function isDataset({ type }: JsonObject): boolean {
  return type === 'Dataset';
}

/**
 * The description of a dataset as a draft, or what is wrong with it. What it was made of is not in it: its sources are
 * signed links of its statement.
 */
export function draftDataset({ dataset, text, place }: DatasetInput): [Draft] | Problem[] {
  const found = new Findings(place);
  checkDataset(dataset, found);
  checkNul(text, dataset, found);
  checkSize(text, found);
  if (found.problems.length > 0) return found.problems;
  const id = stringAt(dataset, 'id')!;
  return [
    {
      pointer: formatPointer(place),
      class: 'dataset',
      mediaType: DATASET_MEDIA_TYPE,
      text,
      scopeLabel: `dataset/${id}`,
      identity: `dataset|${id}`,
      extract: extractDataset(dataset),
    },
  ];
}

export function extractDataset(dataset: JsonObject): Extract {
  const id = stringAt(dataset, 'id');
  const createdAt = parseInstant(stringAt(dataset, 'createdAt') ?? '');
  const named = id === undefined ? [] : [{ system: DATASET_SYSTEM, value: id }];
  return {
    type: 'Dataset',
    ...(id !== undefined && { id }),
    aliases: named.map(({ system, value }) => `identifier:${system}|${value}`),
    identifiers: named,
    references: [],
    ...(createdAt !== undefined && { occurredAt: createdAt }),
  };
}
