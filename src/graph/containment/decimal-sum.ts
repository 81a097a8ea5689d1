/**
 * Exact sum of decimal numbers, each taken as JavaScript writes it: 0.1 + 0.2 is 0.3, and the order does not matter.
 */
export function sumDecimals(numbers: Iterable<number>): number {
  let units = 0n;
  let scale = 0;
  for (const number of numbers) {
    const decimal = parseDecimal(number);
    if (decimal.scale > scale) {
      units *= 10n ** BigInt(decimal.scale - scale);
      scale = decimal.scale;
    }
    units += decimal.units * 10n ** BigInt(scale - decimal.scale);
  }
  return Number(`${units}e-${scale}`);
}

function parseDecimal(number: number): { units: bigint; scale: number } {
  const [digits, exponent = '0'] = String(number).split('e');
  const [whole, fraction = ''] = digits!.split('.');
  const units = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}
