/** What figures about an item at an event are split by, beside their own dimensions; their source is called `f`. */
export const ITEM_SPLIT = {
  SITE: { sql: 'f.site', kind: 'THING' },
  ORGANISATION: { sql: 'f.author', kind: 'THING' },
  PRODUCT: { sql: 'f.gtin', kind: 'THING' },
  LOT: { sql: 'f.lot', kind: 'THING' },
} as const;

export const ITEM_FILTERS = {
  products: ['f.gtin'],
  lots: ['f.lot'],
  sites: ['f.site'],
  organisations: ['f.author'],
};
