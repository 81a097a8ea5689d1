import type { Random } from '../random.js';
import { sgtin, sscc } from './epc.js';
import type { Fleet } from './fleet.js';
import type { Journal } from './journal.js';
import type { Organisation } from './organisation.js';
import type { Plot } from './plot.js';
import type { Product } from './product.js';

/** What all lots of a run share. */
export interface Works {
  random: Random;
  fleet: Fleet;
  /** Of the last serial number given out, to whatever it was. */
  serial: number;
}

/** One lot's life while it is being told. */
export interface Story {
  works: Works;
  journal: Journal;
  plot: Plot;
  /** What the manufacturer made; the goods are something else once repackaged. */
  product: Product;
  goods: Product;
  lot: Lot;
  owner: Organisation;
}

export interface Lot {
  number: string;
  /** `YYYY-MM-DD` */
  expiry: string;
}

export interface Case {
  code: string;
  units: string[];
  /** Event by which the units went in. */
  packed: string;
}

export interface Pallet {
  code: string;
  cases: Case[];
}

/** A unit nobody has had: a serial number that cannot be guessed from others, and never comes twice. */
export function newUnit(works: Works, { maker, reference }: Product): string {
  const place = nextSerial(works).toString(36).toUpperCase().padStart(7, '0');
  return sgtin(maker.companyPrefix, reference, works.random.digits(4) + place);
}

export function newContainer(works: Works, packer: Organisation): string {
  return sscc(packer.companyPrefix, nextSerial(works));
}

export function nextSerial(works: Works): number {
  return ++works.serial;
}

export function ilmdOf({ number, expiry }: Lot): object {
  return { ilmd: { 'cbvmda:lotNumber': number, 'cbvmda:itemExpirationDate': expiry } };
}
