import type { Gs1Kind } from './key.js';

/** How a scheme of the EPC Tag Data Standard 1.13, section 6, is put together from a key. */
export interface Scheme {
  ai: string;
  /** Digits of company prefix and reference together; without it the reference is text of any length. */
  digits?: number;
  /** What stands before the prefix in the key: the reference's first digit, or a filling zero. */
  lead?: 'moved' | 'zero';
  /** `piece` and `total` follow the reference. */
  hasPieces?: boolean;
  /** What comes last: the value of a qualifier, or the tail of the key itself. */
  last?: string;
}

/** In `last`, for the serial number of a key that holds it without an application identifier of its own. */
export const TAIL = 'tail';

export const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['id:sgtin', { ai: '01', digits: 13, lead: 'moved', last: '21' }],
  ['id:upui', { ai: '01', digits: 13, lead: 'moved', last: '235' }],
  ['class:lgtin', { ai: '01', digits: 13, lead: 'moved', last: '10' }],
  ['id:itip', { ai: '8006', digits: 13, lead: 'moved', hasPieces: true, last: '21' }],
  ['id:sscc', { ai: '00', digits: 17, lead: 'moved' }],
  ['id:sgln', { ai: '414', digits: 12, last: '254' }],
  ['id:pgln', { ai: '417', digits: 12 }],
  ['id:grai', { ai: '8003', digits: 12, lead: 'zero', last: TAIL }],
  ['id:gdti', { ai: '253', digits: 12, last: TAIL }],
  ['id:sgcn', { ai: '255', digits: 12, last: TAIL }],
  ['id:gsrn', { ai: '8018', digits: 17 }],
  ['id:gsrnp', { ai: '8017', digits: 17 }],
  ['id:gsin', { ai: '402', digits: 16 }],
  ['id:giai', { ai: '8004' }],
  ['id:ginc', { ai: '401' }],
  ['id:cpi', { ai: '8010', last: '8011' }],
]);

/** The scheme that says a kind; a class is a pattern of it. */
export const SCHEME_OF_KIND: Readonly<Record<Gs1Kind, string>> = {
  GTIN: 'id:sgtin',
  SGTIN: 'id:sgtin',
  LGTIN: 'class:lgtin',
  SSCC: 'id:sscc',
  GLN: 'id:sgln',
  SGLN: 'id:sgln',
  PGLN: 'id:pgln',
  GRAI: 'id:grai',
  GIAI: 'id:giai',
  GSRN: 'id:gsrn',
  GSRNP: 'id:gsrnp',
  GDTI: 'id:gdti',
  GCN: 'id:sgcn',
  CPI: 'id:cpi',
  ITIP: 'id:itip',
  UPUI: 'id:upui',
  GINC: 'id:ginc',
  GSIN: 'id:gsin',
};
