export type Gs1Kind =
  | 'GTIN'
  | 'SGTIN'
  | 'LGTIN'
  | 'SSCC'
  | 'GLN'
  | 'SGLN'
  | 'PGLN'
  | 'GRAI'
  | 'GIAI'
  | 'GSRN'
  | 'GSRNP'
  | 'GDTI'
  | 'GCN'
  | 'CPI'
  | 'ITIP'
  | 'UPUI'
  | 'GINC'
  | 'GSIN';

/** An application identifier with its value, as a barcode carries them. */
export interface Gs1Element {
  ai: string;
  value: string;
}

/** A GS1 key with what makes it finer; what a barcode says beside that (expiry, weight) is no part of it. */
export interface Gs1Identifier {
  kind: Gs1Kind;
  /** The value is empty if an EPC URN names this key by digits that make none. */
  key: Gs1Element;
  /** In the order of a Digital Link's path; a serial number may stand beside the lot it belongs to. */
  qualifiers: Gs1Element[];
  /** Only an EPC URN tells where the prefix ends. */
  companyPrefix?: string;
}

/** A key as it stands in the path of a Digital Link, by number or by name. */
interface Key {
  name: string;
  kind: Gs1Kind;
  /** What may follow it, coarse to fine. */
  qualifiers: readonly string[];
  /** The kind it is with a qualifier. */
  finer?: Readonly<Record<string, Gs1Kind>>;
}

/**
 * The keys an event may speak of (CBV 2.0 section 8, GS1 Digital Link 1.2). On a label the earlier says what it is
 * stuck on, the later what goes with that.
 */
const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['00', { name: 'sscc', kind: 'SSCC', qualifiers: [] }],
  [
    '01',
    {
      name: 'gtin',
      kind: 'GTIN',
      qualifiers: ['22', '10', '235', '21'],
      finer: { '10': 'LGTIN', '235': 'UPUI', '21': 'SGTIN' },
    },
  ],
  ['8006', { name: 'itip', kind: 'ITIP', qualifiers: ['22', '10', '21'] }],
  ['8010', { name: 'cpid', kind: 'CPI', qualifiers: ['8011'] }],
  ['8003', { name: 'grai', kind: 'GRAI', qualifiers: [] }],
  ['8004', { name: 'giai', kind: 'GIAI', qualifiers: [] }],
  ['8018', { name: 'gsrn', kind: 'GSRN', qualifiers: [] }],
  ['8017', { name: 'gsrnp', kind: 'GSRNP', qualifiers: [] }],
  ['253', { name: 'gdti', kind: 'GDTI', qualifiers: [] }],
  ['255', { name: 'gcn', kind: 'GCN', qualifiers: [] }],
  ['402', { name: 'gsin', kind: 'GSIN', qualifiers: [] }],
  ['401', { name: 'ginc', kind: 'GINC', qualifiers: [] }],
  ['414', { name: 'gln', kind: 'GLN', qualifiers: ['254'], finer: { '254': 'SGLN' } }],
  ['417', { name: 'party', kind: 'PGLN', qualifiers: [] }],
]);

const AI_OF_NAME: ReadonlyMap<string, string> = new Map([
  ...[...KEYS].map(([ai, { name }]) => [name, ai] as const),
  ['cpv', '22'],
  ['lot', '10'],
  ['ser', '21'],
  ['tpx', '235'],
  ['glnx', '254'],
  ['cpsn', '8011'],
]);

/** The number of an application identifier that may be given by name. */
export function aiOf(segment: string): string {
  return AI_OF_NAME.get(segment) ?? segment;
}

export function isKey(ai: string): boolean {
  return KEYS.has(ai);
}

export function qualifies(ai: string, keyAi: string): boolean {
  return KEYS.get(keyAi)?.qualifiers.includes(ai) ?? false;
}

/** The element that names what a label is stuck on. */
export function findKey(elements: readonly Gs1Element[]): Gs1Element | undefined {
  for (const ai of KEYS.keys()) {
    const key = elements.find((element) => element.ai === ai);
    if (key) return key;
  }
  return undefined;
}

/**
 * Makes one value of what may be written in several ways: short GTINs are filled up to 14 digits, the extension `0` of
 * a GLN means none. What does not qualify the key is left out.
 */
export function toIdentifier(
  key: Gs1Element,
  others: readonly Gs1Element[],
  companyPrefix?: string,
): Gs1Identifier {
  const { kind, qualifiers: allowed, finer = {} } = KEYS.get(key.ai)!;
  const qualifiers = allowed
    .map((ai) => others.find((other) => other.ai === ai && !isNoExtension(other)))
    .filter((found) => found !== undefined);
  const finest = qualifiers.findLast(({ ai }) => ai in finer);
  return {
    kind: finest ? finer[finest.ai]! : kind,
    key: { ai: key.ai, value: key.ai === '01' ? fillGtin(key.value) : key.value },
    qualifiers,
    ...(companyPrefix !== undefined && { companyPrefix }),
  };
}

function isNoExtension({ ai, value }: Gs1Element): boolean {
  return ai === '254' && value === '0';
}

function fillGtin(value: string): string {
  return /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}
