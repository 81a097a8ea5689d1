/** CBV 2.0 terms that decide something in this program, as full URIs. */

function spell<Name extends string>(start: string, names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, start + name])) as Record<Name, string>;
}

export const STEP = spell('https://ref.gs1.org/cbv/BizStep-', [
  'accepting',
  'arriving',
  'commissioning',
  'decommissioning',
  'departing',
  'destroying',
  'dispensing',
  'loading',
  'packing',
  'receiving',
  'repackaging',
  'retail_selling',
  'returning',
  'sensor_reporting',
  'shipping',
  'storing',
  'transporting',
  'unloading',
  'unpacking',
]);

export const DISPOSITION = spell('https://ref.gs1.org/cbv/Disp-', [
  'active',
  'destroyed',
  'dispensed',
  'disposed',
  'expired',
  'in_transit',
  'inactive',
  'recalled',
  'retail_sold',
  'returned',
  'stolen',
]);

export const PARTY = spell('https://ref.gs1.org/cbv/SDT-', [
  'location',
  'owning_party',
  'possessing_party',
]);
