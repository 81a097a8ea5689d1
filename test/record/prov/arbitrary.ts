import {
  PROV_KINDS,
  rolesOf,
  type ProvKind,
  type ProvRole,
} from '../../../src/record/prov/kind.js';
import {
  NAME_TYPES,
  PROV,
  TEXT_IN_LANGUAGE,
  XSD,
  type ProvAttribute,
  type ProvDocument,
  type ProvKey,
  type ProvRecord,
  type ProvValue,
} from '../../../src/record/prov/prov.js';
import fc from '../../support/fast-check.js';

const HOMES = ['http://example.org/', 'http://example.org/deeper#', 'urn:x:', `${PROV}`];
const local = fc.oneof(
  fc.constantFrom('a', 'b', 'c:d', 'e/f', '1', 'わ', 'a"b', '__proto__'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);
const uri = fc.tuple(fc.constantFrom(...HOMES), local).map((parts) => parts.join(''));
const anonymous = fc.constantFrom('_:a', '_:b', '_:c');
export const provName = fc.oneof(
  { arbitrary: uri, weight: 4 },
  { arbitrary: anonymous, weight: 1 },
);

const time = fc
  .tuple(
    fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    fc.constantFrom('Z', '+02:00', ''),
  )
  .map(([date, zone]) => date.toISOString().replace('Z', zone));

const literal: fc.Arbitrary<ProvKey> = fc.oneof(
  fc.string().map((text) => ({ text, type: `${XSD}string` })),
  fc.integer().map((number) => ({ text: String(number), type: `${XSD}int` })),
  fc.double({ noNaN: true }).map((number) => ({ text: String(number), type: `${XSD}double` })),
  fc.boolean().map((value) => ({ text: String(value), type: `${XSD}boolean` })),
  time.map((text) => ({ text, type: `${XSD}dateTime` })),
  fc.string().map((text) => ({ text, type: TEXT_IN_LANGUAGE, lang: 'en' })),
  fc.tuple(fc.string(), uri).map(([text, type]) => ({ text, type })),
  fc.tuple(provName, fc.constantFrom(...NAME_TYPES)).map(([name, type]) => ({ name, type })),
);

const own: Record<ProvRole, fc.Arbitrary<ProvValue[]>> = {
  name: provName.map((name) => [{ name, type: NAME_TYPES[0] }]),
  names: fc.array(
    provName.map((name) => ({ name, type: NAME_TYPES[0] })),
    { maxLength: 3 },
  ),
  time: time.map((text) => [{ text, type: `${XSD}dateTime` }]),
  keys: fc.array(literal, { maxLength: 3 }),
  pairs: fc.array(fc.record({ key: literal, entity: provName }), { maxLength: 3 }),
};

function recordOf(kind: ProvKind): fc.Arbitrary<ProvRecord> {
  const parts = Object.entries(rolesOf(kind)).map(([name, role]) =>
    fc
      .option(own[role], { nil: [] })
      .map((values) => values.map((value) => ({ name: PROV + name, value }))),
  );
  const others = fc.array(
    // a name of PROV might be one of the kind's own
    fc.record({ name: uri.filter((name) => !name.startsWith(PROV)), value: literal }),
    { maxLength: 3 },
  );
  return fc.record({
    kind: fc.constant(kind),
    id: provName,
    attributes: fc
      .tuple(fc.tuple(...parts), others)
      .map(([mine, more]): ProvAttribute[] => [...mine.flat(), ...more]),
  });
}

const records = fc.array(fc.constantFrom(...PROV_KINDS).chain(recordOf), { maxLength: 6 });

const prefixes = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom('default', 'ex', 'ex2', 'ns1'), fc.constantFrom(...HOMES)),
    { selector: ([prefix]) => prefix, maxLength: 3 },
  )
  .map((pairs) => new Map(pairs));

export const provDocument: fc.Arbitrary<ProvDocument> = fc.record({
  prefixes,
  records,
  bundles: fc.uniqueArray(fc.record({ id: uri, prefixes, records }), {
    selector: ({ id }) => id,
    maxLength: 2,
  }),
});
