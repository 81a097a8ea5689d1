import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isLeafType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
  type GraphQLNamedType,
} from 'graphql';
import { buildApiSchema } from '../../../src/api/graphql/schema.js';

const schema = buildApiSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !(isScalarType(type) && isSpecifiedScalarType(type)),
);

describe('the schema', () => {
  it('is valid, and built once', () => {
    expect(validateSchema(schema)).toEqual([]);
    expect(buildApiSchema()).toBe(schema);
  });

  it('describes every type, field, argument and enum value', () => {
    expect(types.flatMap(placesOf).filter(([, description]) => !description)).toEqual([]);
  });

  it('is the one that is committed', () => {
    const file = new URL('../../../schema/schema.graphql', import.meta.url);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(printSchema(lexicographicSortSchema(schema)));
  });

  it('has inputs of which exactly one field is given', () => {
    const type = schema.getType('RecordAddress');
    expect(isInputObjectType(type) && type.isOneOf).toBe(true);
  });

  it('caps pages with a default and names no offset anywhere', () => {
    const args = types.flatMap((type) =>
      isObjectType(type) ? Object.values(type.getFields()).flatMap((field) => field.args) : [],
    );
    expect(args.filter(({ name }) => /offset|skip|page/i.test(name))).toEqual([]);
    const defaults = args.filter(({ name }) => name === 'first').map((arg) => arg.defaultValue);
    expect(new Set(defaults)).toEqual(new Set([50]));
  });

  it('names for every field the rule that answers for it', () => {
    const bare = types.flatMap((type) => {
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => !ruleOf(type.extensions) && !ruleOf(field.extensions))
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(bare).toEqual([]);
  });

  it('puts whatever is taken from content under the rule for content', () => {
    const FROM_CONTENT = /content|identifier|occurred|patient|subject|name|code|date|text|value/i;
    const OPEN = new Set([
      // facts of the ledger and of this node
      'Organisation.name',
      'Checkpoint.text',
      // what a caller is told of itself
      'Viewer.subject',
      'UserError.code',
      'CaptureWarning.code',
      'SavedQuery.name',
      'QuerySubscription.queryName',
      // the whole type is under the rule
      'Identifier.value',
      // holds only whether, and how many
      'DatasetFreshness.outdated',
      'DatasetFreshness.outdatedCount',
      // whether the node could open it, not whether the viewer may
      'LineageNode.indexState',
      // how many there are of what the answer shows anyway
      'LineageFacetCount.value',
    ]);
    // how many stand behind a group of a figure: told from eleven on, and never who
    const COUNT_OF_SUBJECTS = /^\w+Group\.subjects$/;
    const found = types.flatMap((type) => {
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => FROM_CONTENT.test(field.name) || holdsContent(getNamedType(field.type)))
        .filter((field) => ruleOf(field.extensions) !== 'content.read')
        .map((field) => `${type.name}.${field.name}`)
        .filter((place) => !OPEN.has(place) && !COUNT_OF_SUBJECTS.test(place));
    });
    expect(found).toEqual([]);
  });

  it('lets nobody cross from a type to another without a rule of the lower kind', () => {
    // a ledger fact must not carry a record with it: the field that does has a rule of its own
    const crossing = types.flatMap((type) => {
      if (!isObjectType(type) || ruleOf(type.extensions) !== 'ledger.read') return [];
      return Object.values(type.getFields())
        .filter((field) => {
          const target = getNamedType(field.type);
          const rule = isObjectType(target) ? ruleOf(target.extensions) : undefined;
          const isOpen = rule === undefined || rule === 'ledger.read' || rule === 'frame';
          return !isOpen && ruleOf(field.extensions) !== rule;
        })
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(crossing).toEqual([]);
  });
});

function holdsContent(type: GraphQLNamedType): boolean {
  return !isLeafType(type) && ruleOf(type.extensions) === 'content.read';
}

function ruleOf(extensions: Readonly<Record<string, unknown>>): unknown {
  return extensions['rule'];
}

function placesOf(type: GraphQLNamedType): [string, string | null | undefined][] {
  const places: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isEnumType(type)) {
    for (const value of type.getValues())
      places.push([`${type.name}.${value.name}`, value.description]);
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields()))
      places.push([`${type.name}.${field.name}`, field.description]);
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      places.push([`${type.name}.${field.name}`, field.description]);
      for (const arg of field.args)
        places.push([`${type.name}.${field.name}(${arg.name})`, arg.description]);
    }
  }
  return places;
}
