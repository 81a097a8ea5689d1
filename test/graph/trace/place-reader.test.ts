import { afterEach, describe, expect, it } from '@jest/globals';
import { parseGeo } from '../../../src/graph/trace/geo.js';
import { PlaceReader } from '../../../src/graph/trace/place-reader.js';
import { ProductReader } from '../../../src/graph/trace/product-reader.js';
import { siteOf } from '../../../src/graph/trace/site.js';
import { TraceIndex, TraceLog } from './trace-log.js';

const SITE = 'https://id.gs1.org/414/0614141007295';
const SHELF = `${SITE}/254/shelf`;

let open: TraceIndex | undefined;
afterEach(() => {
  open?.close();
  open = undefined;
});

function databaseOf(log: TraceLog) {
  open = new TraceIndex(log);
  return open.database;
}

describe('places', () => {
  it('are known by master data and by geo URIs', () => {
    const log = new TraceLog();
    const location = { vocabulary: 'Location', id: SITE };
    log.master({ ...location, name: 'Plant', latitude: 52.5, longitude: 13.4 });
    const places = new PlaceReader(databaseOf(log));
    expect(places.place(SITE)).toEqual({
      id: SITE,
      name: 'Plant',
      latitude: 52.5,
      longitude: 13.4,
    });
    expect(places.place(SHELF)).toBeUndefined();
    expect(places.place('geo:1.5,-2')).toEqual({ id: 'geo:1.5,-2', latitude: 1.5, longitude: -2 });
  });

  it('hold themselves and all that is below them, also where master data runs in a circle', () => {
    const log = new TraceLog();
    const put = (id: string, children: string[]) =>
      log.master({ vocabulary: 'Location', id, children });
    put('a', ['b', 'c']);
    put('b', ['d']);
    put('d', ['a']);
    const places = new PlaceReader(databaseOf(log));
    expect(places.within('a').sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(places.within('c')).toEqual(['c']);
    expect(places.within('nowhere')).toEqual(['nowhere']);
  });

  it('belong to a site: the GLN without extension', () => {
    expect(siteOf(SHELF)).toBe(SITE);
    expect(siteOf(SITE)).toBe(SITE);
    expect(siteOf('urn:epc:id:sgln:0614141.00729.shelf')).toBe(SITE);
    expect(siteOf('geo:1,2')).toBe('geo:1,2');
    expect(siteOf('a shelf')).toBe('a shelf');
  });

  it.each([
    ['geo:37.786971,-122.399677', { latitude: 37.786971, longitude: -122.399677 }],
    ['GEO:1,2,300;u=35', { latitude: 1, longitude: 2 }],
    ['geo:1,2;crs=wgs84', { latitude: 1, longitude: 2 }],
    ['geo:1,2;crs=nad27', undefined],
    ['geo:91,2', undefined],
    ['geo:1', undefined],
    ['geo:1,2x', undefined],
    ['https://id.gs1.org/414/0614141007295', undefined],
  ])('reads %s', (text, point) => {
    expect(parseGeo(text)).toEqual(point);
  });
});

describe('products', () => {
  it('are known by their class, with their storage range', () => {
    const log = new TraceLog();
    const id = 'https://id.gs1.org/01/10614141073464';
    log.master({ vocabulary: 'EPCClass', id, name: 'Vaccine', storageMax: 281.15, ndc: '1-2' });
    const products = new ProductReader(databaseOf(log));
    const product = { name: 'Vaccine', ndc: '1-2', storage: { max: 281.15 } };
    expect(products.productOf(`${id}/21/5`)).toEqual(product);
    expect(products.productOf(id)).toEqual(product);
    expect(products.productOf(SITE)).toBeUndefined();
  });
});
