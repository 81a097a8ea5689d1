import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProblem } from '../../../src/record/draft.js';
import { readDocument } from '../../../src/record/document.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { extractOf, LogBuilder } from '../log-builder.js';
import { NOW, ThingIndex } from './thing-index.js';
import { isShared } from '../../support/shared-data.js';

const DATA = join(process.cwd(), '../shared/data/epcis');
const ifThere = isShared(DATA) ? it : it.skip;

/** Each file as captured by an author of its own: many of them use the same eventIDs. */
function logOfFiles(): LogBuilder {
  const log = new LogBuilder();
  for (const path of globSync('{gs1,openepcis}/**/*.{json,jsonld,xml}', { cwd: DATA }).sort()) {
    for (const draft of readDocument(readFileSync(join(DATA, path)))) {
      if (isProblem(draft)) continue;
      const name = `${path}${draft.pointer}`;
      log.add(name, { class: draft.class, author: path, extract: draft.extract });
    }
  }
  return log;
}

function thingsIn(facts: EventFacts): string[] {
  const { epcs = [], children = [], inputs = [], outputs = [], parent, quantities = [] } = facts;
  const own = parent === undefined ? [] : [parent];
  const classes = quantities.map(({ epcClass }) => epcClass);
  return [...epcs, ...children, ...inputs, ...outputs, ...own, ...classes];
}

describe('the things of the events of GS1 and OpenEPCIS', () => {
  ifThere('each reach every event that names them and counts, and the event reaches them', () => {
    const { rows } = logOfFiles();
    const index = new ThingIndex(rows);
    try {
      const counting = index.database
        .prepare('SELECT seq FROM event WHERE voids = 0 AND voided IS NULL')
        .all()
        .map(({ seq }) => seq as number);
      const pairs = counting.flatMap((seq) => {
        const facts = extractOf(rows[seq]!)?.event;
        return facts ? thingsIn(facts).map((thing) => ({ thing, seq })) : [];
      });
      const uris = [...new Set(pairs.map(({ thing }) => thing))];
      const things = index.things.nodesOf(uris, NOW.upTo).map((node) => node!);
      const linked = (nodes: number[]) =>
        new Set(
          (['UPSTREAM', 'DOWNSTREAM'] as const)
            .flatMap((direction) => index.edges(nodes, direction))
            .filter((edge) => / (used|wasGeneratedBy|wasInvalidatedBy) /.test(edge))
            .map((edge) => {
              const [from, relation, to] = edge.split(' ');
              return relation === 'used' ? `${to} ${from}` : `${from} ${to}`;
            }),
        );
      const expected = new Set(pairs.map(({ thing, seq }) => `${thing} ${seq}`));
      expect(expected.size).toBeGreaterThan(300);
      expect(linked(things)).toEqual(expected);
      expect(linked(counting)).toEqual(expected);
    } finally {
      index.close();
    }
  });
});
