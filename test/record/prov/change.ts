import {
  PROV,
  type ProvDocument,
  type ProvRecord,
  type ProvValue,
} from '../../../src/record/prov/prov.js';

/** Every document that differs from this one in one thing: a value, a name, an id, a record or a bundle. */
export function* eachChange(
  document: ProvDocument,
): Generator<{ what: string; document: ProvDocument }> {
  for (const [records, put] of containersOf(document)) {
    for (let i = 0; i < records.length; i++) {
      const record = records[i]!;
      const replace = (changed: ProvRecord[]) => put(records.toSpliced(i, 1, ...changed));
      if (isSaidOnce(record, records)) yield { what: `no ${record.kind}`, document: replace([]) };
      if (!record.id.startsWith('_:')) {
        const renamed = { ...record, id: `${record.id}x` };
        yield { what: `id of ${record.kind}`, document: replace([renamed]) };
      }
      for (let j = 0; j < record.attributes.length; j++) {
        const { name, value } = record.attributes[j]!;
        const others = record.attributes.toSpliced(j, 1);
        if (isSaidOnce(record.attributes[j], record.attributes)) {
          const less = { ...record, attributes: others };
          yield { what: `${record.kind} without ${name}`, document: replace([less]) };
        }
        const changed = { ...record, attributes: [...others, { name, value: change(value) }] };
        yield { what: `${record.kind} ${name}`, document: replace([changed]) };
        // a pair stands nowhere else
        if ('entity' in value) continue;
        const moved = { ...record, attributes: [...others, { name: `${PROV}other`, value }] };
        yield { what: `${record.kind} other than ${name}`, document: replace([moved]) };
      }
    }
  }
}

type Put = (records: ProvRecord[]) => ProvDocument;

function containersOf(document: ProvDocument): [ProvRecord[], Put][] {
  const { records, bundles } = document;
  return [
    [records, (changed) => ({ ...document, records: changed })],
    ...bundles.map((bundle, i): [ProvRecord[], Put] => [
      bundle.records,
      (changed) => ({
        ...document,
        bundles: bundles.toSpliced(i, 1, { ...bundle, records: changed }),
      }),
    ]),
  ];
}

/** Saying a thing twice says no more; an anonymous relation is told by what it says alone. */
function isSaidOnce(thing: unknown, all: unknown[]): boolean {
  const text = sayingOf(thing);
  return all.filter((each) => sayingOf(each) === text).length === 1;
}

function sayingOf(thing: unknown): string {
  return JSON.stringify(thing, (name, value: unknown) =>
    name === 'id' && typeof value === 'string' && value.startsWith('_:') ? '_:' : value,
  );
}

function change(value: ProvValue): ProvValue {
  if ('entity' in value) return { ...value, entity: rename(value.entity) };
  if ('name' in value) return { ...value, name: rename(value.name) };
  if (/dateTime$/.test(value.type)) {
    return { ...value, text: value.text.replace(/^\d{4}/, (year) => String(Number(year) + 1)) };
  }
  return { ...value, text: `${value.text}7` };
}

/** What is anonymous may be called anything; that it has a name is something else. */
function rename(name: string): string {
  return name.startsWith('_:') ? 'urn:x:named' : `${name}x`;
}
