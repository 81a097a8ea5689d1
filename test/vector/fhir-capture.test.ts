import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { App } from '../../src/app.js';
import type { CaptureResult } from '../../src/capture/capture.js';
import { decodeRelation } from '../../src/graph/edge/relation.js';
import { openForReading } from '../../src/graph/index-file.js';
import { describeVectors, type VectorFile } from '../record/vector-data.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

interface Resource {
  [member: string]: unknown;
  resourceType: string;
  id?: string;
}

interface Entry {
  fullUrl?: string;
  resource: Resource;
}

const textOf = ({ bytes }: VectorFile) => new TextDecoder().decode(bytes);

/** The resources of a file, found without any of our own code. */
function entriesOf(file: VectorFile): Entry[] {
  const value = JSON.parse(textOf(file)) as Resource & { entry?: Entry[] };
  return value.entry ?? [{ resource: value }];
}

/** What the members along a way say, through lists. */
function valuesAt(value: unknown, way: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, way));
  const [first, ...rest] = way;
  if (first === undefined) return value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null
    ? valuesAt((value as Record<string, unknown>)[first], rest)
    : [];
}

/** Pairs `from to` of resources of a type and those of another that they refer to there, each once. */
function pairsAt(entries: Entry[], type: string, way: string): Set<string> {
  const names = new Map(entries.map(({ fullUrl, resource }) => [fullUrl, resource.id]));
  const pairs = new Set<string>();
  for (const { resource } of entries.filter(({ resource }) => resource.resourceType === type)) {
    for (const reference of valuesAt(resource, [...way.split('.'), 'reference'])) {
      const target = names.get(reference as string);
      if (target !== undefined) pairs.add(`${resource.id} ${target}`);
    }
  }
  return pairs;
}

const root = tempDirectory();
let app: App;
let captures: { file: VectorFile; result: CaptureResult }[];

async function capture(text: string, key?: string): Promise<CaptureResult> {
  const documents = [{ text }];
  return app.capture.capture({
    documents,
    mode: 'rollback',
    waitFor: 'INDEXED',
    idempotencyKey: key,
  });
}

async function captureAll(files: VectorFile[]): Promise<typeof captures> {
  const all: typeof captures = [];
  for (const file of files) all.push({ file, result: await capture(textOf(file)) });
  return all;
}

/** Every edge of the index with both its ends' first alias, read straight from its table. */
function storedEdges() {
  const database = openForReading(`${app.config.dataDirectory}/graph.sqlite`);
  try {
    const rows = database
      .prepare(
        `SELECT e.rel, e.src, e.dst, json_extract(f.aliases, '$[0]') AS "from",
         json_extract(t.aliases, '$[0]') AS "to", p.text AS path
         FROM edge e JOIN spelling f ON f.seq = e.src JOIN spelling t ON t.seq = e.dst
         JOIN term p ON p.id = abs(e.path)`,
      )
      .all() as unknown as { rel: number; from: string; to: string; path: string }[];
    return rows.map(({ rel, ...row }) => ({ ...row, relation: decodeRelation(rel) }));
  } finally {
    database.close();
  }
}

/** Pairs `from to` of ids, of edges from records of a type by an element. */
function edgesAt(type: string, path: RegExp): Set<string> {
  const idOf = (alias: string) => alias.slice(alias.indexOf('/') + 1);
  return new Set(
    storedEdges()
      .filter((edge) => edge.relation === 'wasDerivedFrom' && path.test(edge.path))
      .filter(({ from }) => from?.startsWith(`${type}/`))
      .map(({ from, to }) => `${idOf(from)} ${idOf(to)}`),
  );
}

describeVectors('FHIR of Synthea and CMS, captured', 'fhir/*/*.json', (files) => {
  const bundles = files.filter(({ name }) => name.startsWith('patient-'));
  const everyEntry = bundles.flatMap(entriesOf);

  beforeAll(async () => {
    app = await startApp(root);
    captures = await captureAll(files);
  });
  afterAll(() => app.close());

  it('is captured without a problem: 15 patients and 6 resources', () => {
    expect(bundles).toHaveLength(15);
    expect(files).toHaveLength(21);
    for (const { file, result } of captures) {
      expect(result.problems).toEqual([]);
      expect(result.receipts).toHaveLength(entriesOf(file).length);
    }
    // four organisations and practitioners come with several patients, the same each time
    const repeats = captures.flatMap(({ result }) => result.receipts.filter((r) => r.repeated));
    const ids = everyEntry.map(({ resource }) => `${resource.resourceType}/${resource.id}`);
    expect(repeats).toHaveLength(ids.length - new Set(ids).size);
    expect(captures.flatMap(({ result }) => result.receipts).every(({ ver }) => ver === 1)).toBe(
      true,
    );
  });

  it('has edges of each relation', () => {
    const counts: Record<string, number> = {};
    for (const { relation } of storedEdges()) counts[relation] = (counts[relation] ?? 0) + 1;
    console.log('edges by relation:', counts);
    expect(counts).toEqual({ wasDerivedFrom: 1_307, refersTo: 3_771 });
  });

  it.each([
    ['ExplanationOfBenefit', 'claim', /^\/claim$/, 137],
    ['ExplanationOfBenefit', 'item.encounter', /^\/item\/\d+\/encounter\/\d+$/, 137],
    ['Claim', 'item.encounter', /^\/item\/\d+\/encounter\/\d+$/, 165],
    ['Claim', 'diagnosis.diagnosisReference', /\/diagnosisReference$/, 61],
    ['Claim', 'procedure.procedureReference', /\/procedureReference$/, 51],
    ['Claim', 'supportingInfo.valueReference', /\/valueReference$/, 119],
    ['Claim', 'prescription', /^\/prescription$/, 28],
    ['DiagnosticReport', 'result', /^\/result\/\d+$/, 520],
    ['MedicationRequest', 'encounter', /^\/encounter$/, 28],
  ] as const)('leads from each %s by %s to what it names', (type, way, path, count) => {
    const expected = pairsAt(everyEntry, type, way);
    expect(edgesAt(type, path)).toEqual(expected);
    expect(expected.size).toBe(count);
  });

  it('gains nothing when every file is captured again', async () => {
    const before = app.ledger.head().size;
    for (const { file, result } of await captureAll(files)) {
      const isNameless = file.name === 'AuditEvent.json';
      expect(result.receipts.every(({ repeated }) => repeated)).toBe(!isNameless);
    }
    // the AuditEvent has neither id nor identifier: each capture is a record of its own
    expect(app.ledger.head().size).toBe(before + 1);
  });

  it('gains exactly one version when one resource of a file has changed', async () => {
    const [file] = bundles;
    const text = textOf(file!);
    const bundle = JSON.parse(text) as { entry: Entry[] };
    const place = bundle.entry.findIndex(({ resource }) => resource.resourceType === 'Claim');
    const { receipts } = await capture(text);
    const claim = bundle.entry[place]!.resource;
    claim['text'] = { status: 'generated', div: '<div>corrected</div>' };
    const before = app.ledger.head().size;
    const changed = await capture(JSON.stringify(bundle));
    expect(app.ledger.head().size).toBe(before + 1);
    const fresh = changed.receipts.filter(({ repeated }) => !repeated);
    const pointer = `/entry/${place}/resource`;
    const former = receipts.find((receipt) => receipt.pointer === pointer)!;
    expect(fresh).toMatchObject([{ pointer, ver: 2, rid: former.rid }]);
  });

  it('has the same edges when the index is built again', async () => {
    const before = storedEdges();
    await app.follower.rebuild();
    expect(storedEdges()).toEqual(before);
  });
});
