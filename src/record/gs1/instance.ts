import { classOfInstance } from './class.js';

/**
 * GTIN and serial number alone of an instance in canonical form: `https://id.gs1.org/01/<GTIN-14>/21/<serial>`, without the lot
 * that a label may say between them. Undefined for what is no instance of a GTIN.
 */
export function instanceWithoutLot(epc: string): string | undefined {
  const gtin = classOfInstance(epc);
  return gtin === undefined ? undefined : gtin + epc.slice(epc.indexOf('/21/', gtin.length));
}
