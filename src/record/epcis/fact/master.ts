import { canonicalEpc } from '../../gs1/identifier.js';
import { parseNdc } from '../../gs1/ndc.js';
import { isObject, objectsAt, type JsonObject } from '../../json-object.js';
import { toBase } from '../../unit/unit.js';
import { textsIn } from './fact-text.js';
import { ownScalar, toScalarFact } from './field-scalar.js';
import type { MasterFacts } from './master-fact.js';

const LOCAL = /[^:/#]*$/;
/** Names of the CBV, by prefix or in full, and bare ones. */
const OF_CBV =
  /^(?:cbvmda:|urn:epcglobal:cbv:mda[:#]|https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/|[^:]*$)/;

/** The name of a place, else that of a product. */
const NAMES = ['name', 'descriptionShort', 'regulatedProductName'];

/** What an index needs to know of a vocabulary element. Trusts nothing about its structure. */
export function masterFacts(vocabulary: string, id: string, element: JsonObject): MasterFacts {
  const attributes = attributesOf(element);
  const textOf = (name: string) => attributes.get(name)?.[0];
  const name = NAMES.map(textOf).find((text) => text !== undefined);
  const children = textsIn(element['children']).map(canonicalEpc);
  const latitude = degrees(textOf('latitude'), 90);
  const longitude = degrees(textOf('longitude'), 180);
  const storageMin = kelvin(textOf('storageTemperatureMinimum'));
  const storageMax = kelvin(textOf('storageTemperatureMaximum'));
  const ndc = ndcOf(attributes);
  return {
    vocabulary,
    id: canonicalEpc(id),
    ...(name !== undefined && { name }),
    ...(children.length > 0 && { children }),
    ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
    ...(storageMin !== undefined && { storageMin }),
    ...(storageMax !== undefined && { storageMax }),
    ...(ndc !== undefined && { ndc }),
  };
}

/** The texts of the attributes by their local names, in order; names of the CBV go before others' of the same local name. */
function attributesOf(element: JsonObject): ReadonlyMap<string, string[]> {
  const own = new Map<string, string[]>();
  const others = new Map<string, string[]>();
  for (const { id, attribute } of objectsAt(element, 'attributes')) {
    if (typeof id !== 'string') continue;
    const texts = (Array.isArray(attribute) ? (attribute as unknown[]) : [attribute])
      .map((value) => toScalarFact(isObject(value) ? ownScalar(value) : value).text?.trim())
      .filter((text) => text !== undefined);
    const map = OF_CBV.test(id) ? own : others;
    const local = LOCAL.exec(id)![0];
    map.set(local, [...(map.get(local) ?? []), ...texts]);
  }
  return new Map([...others, ...own]);
}

/** Coordinates are decimal degrees; whoever writes them another way has none here. */
function degrees(text: string | undefined, max: number): number | undefined {
  const number = numberIn(text);
  return number !== undefined && Math.abs(number) <= max ? number : undefined;
}

function kelvin(celsius: string | undefined): number | undefined {
  const number = numberIn(celsius);
  return number === undefined ? undefined : toBase(number, 'CEL')?.value;
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : toScalarFact(text).number;
}

/** Each identification has its type beside it, in the same order; without types only what has the form of an NDC is one. */
function ndcOf(attributes: ReadonlyMap<string, string[]>): string | undefined {
  const codes = attributes.get('additionalTradeItemIdentification') ?? [];
  const types = attributes.get('additionalTradeItemIdentificationTypeCode') ?? [];
  return codes.find((code, i) =>
    types.length > 0 ? /NDC/.test(types[i] ?? '') : parseNdc(code) !== undefined,
  );
}
