import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { measureDocument } from '../../../../src/api/graphql/limit/measure.js';

const measure = (source: string) => measureDocument(parse(source));

describe('measure', () => {
  it('counts fields, aliases, directives and depth', () => {
    expect(measure('query ($x: Int @a) @b { one: a(x: $x) { b @c d { e } } f }')).toEqual({
      depth: 3,
      introspectionDepth: 0,
      fields: 5,
      aliases: 1,
      directives: 3,
    });
  });

  it('counts a fragment wherever it is spread', () => {
    const source = '{ a { ...F } b { ...F @x } } fragment F on T @y { c { d: e } ... on T { f } }';
    expect(measure(source)).toMatchObject({ depth: 3, fields: 8, aliases: 2, directives: 3 });
  });

  it('counts fragments that double at every step without spreading them out', () => {
    const fragments = Array.from(
      { length: 300 },
      (_, i) => `fragment F${i} on T { a { ...F${i + 1} ...F${i + 1} } }`,
    );
    const { fields, depth } = measure(`{ ...F0 } ${fragments.join(' ')} fragment F300 on T { a }`);
    expect(fields).toBeGreaterThan(2 ** 299);
    expect(depth).toBe(301);
  });

  it('ends on fragments that spread themselves', () => {
    const source = '{ ...A } fragment A on T { b { ...B } } fragment B on T { c { ...A } }';
    expect(measure(source)).toMatchObject({ fields: 2, depth: 2 });
  });

  it('measures fragments that nothing spreads', () => {
    expect(measure('{ a } fragment F on T { b { c { d } } }').depth).toBe(3);
  });

  it('measures introspection apart', () => {
    const source = '{ a { b } __schema { types { fields { name } } } }';
    expect(measure(source)).toMatchObject({ depth: 2, introspectionDepth: 4 });
    expect(measure('{ ...F } fragment F on Query { __type(name: "T") { name } }')).toMatchObject({
      introspectionDepth: 2,
    });
  });

  it('follows no fragment that is not there', () => {
    expect(measure('{ ...Gone }').fields).toBe(0);
  });
});
