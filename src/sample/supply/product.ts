import { productPattern } from './epc.js';
import { ORGANISATIONS, type Organisation, type Room } from './organisation.js';

/** Where a product is kept, in degrees Celsius. */
export interface Storage {
  room: Room;
  min: number;
  max: number;
  /** False for what merely should not be too hot: its master data gives no range. */
  isColdChain: boolean;
}

/** Something made or repackaged by one organisation; each unit has a serial of its own. */
export interface Product {
  name: string;
  form: string;
  maker: Organisation;
  /** Indicator 0 and five digits of the item. */
  reference: string;
  storage: Storage;
}

const REFRIGERATED: Storage = { room: 'COLD', min: 2, max: 8, isColdChain: true };
const FROZEN: Storage = { room: 'FREEZER', min: -25, max: -15, isColdChain: true };
const AMBIENT: Storage = { room: 'SHELF', min: 15, max: 25, isColdChain: false };

export const STORAGES: readonly [Storage, ...Storage[]] = [REFRIGERATED, FROZEN, AMBIENT];

/** What each manufacturer makes: company prefix, product, reference. */
const RANGE: readonly (readonly [string, string, string, string, Storage])[] = [
  ['0399910', '010110', 'insulin glargine 100 UNT/ML', 'INJECTION', REFRIGERATED],
  ['0399910', '010201', 'teriparatide 0.25 MG/ML', 'INJECTION', REFRIGERATED],
  ['0399910', '010330', 'metformin 500 MG', 'TABLET', AMBIENT],
  ['0399920', '011001', 'varicella vaccine, live', 'SUSPENSION', FROZEN],
  ['0399920', '011130', 'atorvastatin 20 MG', 'TABLET', AMBIENT],
  ['0399930', '012001', 'adalimumab 50 MG/ML', 'INJECTION', REFRIGERATED],
  ['0399930', '012101', 'alprostadil 0.5 MG/ML', 'INJECTION', REFRIGERATED],
  ['9521310', '013001', 'trastuzumab 150 MG', 'POWDER', REFRIGERATED],
  ['9521310', '013130', 'amlodipine 5 MG', 'TABLET', AMBIENT],
  ['9521320', '014005', 'semaglutide 1.34 MG/ML', 'INJECTION', REFRIGERATED],
  ['9521320', '014101', 'mRNA vaccine', 'SUSPENSION', FROZEN],
];

export const PRODUCTS: readonly Product[] = RANGE.map(
  ([prefix, reference, name, form, storage]) => ({
    name,
    form,
    maker: ORGANISATIONS.find(({ companyPrefix }) => companyPrefix === prefix)!,
    reference,
    storage,
  }),
);

/** The same goods in the packs of a repackager, which have a number of his own. */
export function repacked(product: Product, repackager: Organisation): Product {
  const at = String(PRODUCTS.indexOf(product)).padStart(3, '0');
  return {
    ...product,
    name: `${product.name}, repackaged`,
    maker: repackager,
    reference: `09${at}1`,
  };
}

/** Everything that may come up, repackaged goods too. */
export function listProducts(): Product[] {
  const others = ORGANISATIONS.filter(({ role }) => role === 'repackager').flatMap((repackager) =>
    PRODUCTS.filter(({ maker }) => maker.region === repackager.region).map((product) =>
      repacked(product, repackager),
    ),
  );
  return [...PRODUCTS, ...others];
}

export function patternOf({ maker, reference }: Product): string {
  return productPattern(maker.companyPrefix, reference);
}

/** National Drug Code, 5-3-2, as its company prefix and reference give it; only what is made in the US has one. */
export function ndcOf({ maker, reference }: Product): string | undefined {
  if (maker.region !== 'US') return undefined;
  return `${maker.companyPrefix.slice(2)}-${reference.slice(1, 4)}-${reference.slice(4)}`;
}
