import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { isRole, type Role, type Viewer } from '../../../src/access/viewer.js';
import { buildApiSchema } from '../../../src/api/graphql/schema.js';
import { captureDataset } from '../../../src/capture/dataset.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildVisit, CANARY } from './support/build-visit.js';
import { captureAll, type Captured } from './support/capture-all.js';
import { ANONYMOUS, startApi, viewerOf, type TestApi } from './support/start-api.js';

const schema = buildApiSchema();
const READS: Role[] = ['clinician', 'payer', 'service'];
const READS_NOTHING: Role[] = ['researcher', 'auditor', 'operator', 'patient', 'supply'];
/** Only in the content: the year in every date of the records. */
const OCCURRED = /19(99|01)-/;

/** Only in the content of supply events. */
const SUPPLY_CANARY = 'PACK7MARMOT';
const UNIT = `urn:epc:id:sgtin:0614141.107346.${SUPPLY_CANARY}`;

function commissioning(): string {
  return JSON.stringify({
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    type: 'ObjectEvent',
    action: 'ADD',
    eventTime: '2020-01-01T00:00:00.000Z',
    eventTimeZoneOffset: '+00:00',
    epcList: [UNIT],
    bizStep: 'commissioning',
    readPoint: { id: 'urn:epc:id:sgln:0614141.00001.0' },
    ilmd: { 'cbvmda:lotNumber': SUPPLY_CANARY },
  });
}

describe('content and who may see it', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];
  let questions: [string, string][];

  beforeAll(async () => {
    api = await startApi(directory, {
      limits: { depthMax: 20, aliasesMax: 1e9, costMax: 1e9, queryTokensMax: 1e6, fieldsMax: 1e6 },
    });
    records = await captureAll(api, [buildVisit(1), commissioning()]);
    const { cid, rid, seq } = records[3]!;
    const { record } = await api.get<{ record: { id: string } }>(
      viewerOf('clinician'),
      `{ record(cid: "${cid}") { id } }`,
    );
    const [source] = await api.app.graph.read.recordsByCid([cid]);
    const derivative = await captureDataset(api.app, {
      text: JSON.stringify({ type: 'Dataset', id: 'derivative', name: 'Derivative' }),
      sources: [source!.statementCid],
      waitFor: 'INDEXED',
    });
    const args: Record<string, string> = {
      node: `id: "${record.id}"`,
      nodes: `ids: ["${record.id}"]`,
      record: `cid: "${cid}"`,
      records: 'first: 10',
      provenance: `cid: "${cid}"`,
      lineage: `input: {roots: [{rid: "${rid}"}, {cid: "${records.at(-1)!.cid}"}], things: ["${UNIT}"], direction: BOTH}`,
      paths: `from: "${records[4]!.cid}", to: "${records[1]!.cid}", k: 3`,
      dataset: `cid: "${derivative.recordCid}"`,
      'Dataset.sourceProof': `cid: "${cid}"`,
      impact: `input: {roots: [{cid: "${cid}"}], things: ["${UNIT}"]}`,
      savedQuery: 'name: "all"',
      item: `epc: "${UNIT}"`,
      recall: `input: {lot: "${SUPPLY_CANARY}"}`,
      verifyProduct: `gtin: "10614141073464", serial: "${SUPPLY_CANARY}"`,
      'Log.entry': `seq: ${seq}`,
      'Log.inclusionProof': `seq: ${seq}`,
      'Log.consistencyProof': 'from: 1',
    };
    questions = Object.keys(schema.getQueryType()!.getFields()).map((field) => [
      field,
      `{ ${selectField(schema.getQueryType()!, field, args, 5)} }`,
    ]);
  });
  afterAll(() => api.close());

  const everything = async (viewer: Viewer) => {
    const answers = [];
    for (const [field, query] of questions) answers.push([field, await api.ask(viewer, query)]);
    return JSON.stringify(answers);
  };

  it('is found by asking for every field there is, by those who may read', async () => {
    for (const role of READS) {
      const text = await everything(viewerOf(role));
      expect(text).toContain(CANARY);
      expect(text).toContain(SUPPLY_CANARY);
      expect(text).toMatch(OCCURRED);
      expect(text).not.toMatch(/INTERNAL|QUERY_TOO_COMPLEX/);
    }
  });

  it('is shown to the supply chain of its own events only', async () => {
    const text = await everything(viewerOf('supply'));
    expect(text).toContain(SUPPLY_CANARY);
    expect(text).not.toContain(CANARY);
  });

  it.each(READS_NOTHING)('is nowhere, whatever a %s asks for', async (role) => {
    expect(isRole(role)).toBe(true);
    const text = await everything(viewerOf(role));
    expect(text).not.toContain(CANARY);
    if (role !== 'supply') expect(text).not.toContain(SUPPLY_CANARY);
    expect(text).not.toMatch(OCCURRED);
    expect(text).not.toMatch(/INTERNAL|QUERY_TOO_COMPLEX/);
  });

  it('is nowhere for strangers and for tokens without a scope', async () => {
    for (const viewer of [
      ANONYMOUS,
      viewerOf('clinician', { scopes: [] }),
      viewerOf('clinician', { scopes: ['write'] }),
    ]) {
      const text = await everything(viewer);
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain(SUPPLY_CANARY);
      expect(text).not.toMatch(OCCURRED);
    }
  });

  it('shows strangers facts of the ledger only', async () => {
    for (const [field, query] of questions) {
      const { data, errors } = await api.ask(ANONYMOUS, query);
      if (['log', 'logs', 'viewer'].includes(field))
        expect(data).toMatchObject({ [field]: expect.anything() });
      else expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    }
    expect(
      JSON.stringify(await api.ask(ANONYMOUS, questions.find(([field]) => field === 'log')![1])),
    ).not.toContain('"record":{');
  });
});

/** A field with all its sub-fields, to a depth: every scalar the schema can be made to say. */
function selectField(
  parent: GraphQLObjectType,
  name: string,
  args: Record<string, string>,
  depth: number,
): string {
  const field = parent.getFields()[name]!;
  const given = parent.name === 'Query' ? args[name] : args[`${parent.name}.${name}`];
  const type = getNamedType(field.type);
  const inner = isLeafType(type) ? '' : ` ${selectType(type, args, depth)}`;
  // a name of its own for each type: two types may have a field of one name and different kinds
  return `${parent.name}_${name}: ${name}${given === undefined ? '' : `(${given})`}${inner}`.replace(
    /^Query_\w+: /,
    '',
  );
}

function selectType(type: GraphQLNamedType, args: Record<string, string>, depth: number): string {
  if (isInterfaceType(type)) {
    const parts = schema
      .getPossibleTypes(type)
      .map((each) => `... on ${each.name} ${selectType(each, args, depth)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(
    (field) => depth > 0 || isLeafType(getNamedType(field.type)),
  );
  return `{ __typename ${fields.map((field) => selectField(type, field.name, args, depth - 1)).join(' ')} }`;
}
