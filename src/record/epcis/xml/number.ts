const DECIMAL = /^([+-]?)0*(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;

/**
 * A number of XML Schema as JSON, spelt as it was: 1.10 stays 1.10. Only what JSON has no spelling for changes: a
 * plus sign, leading zeros, a missing digit beside the point. Undefined for what is no number, INF and NaN among it.
 */
export function formatNumber(text: string): string | undefined {
  const match = DECIMAL.exec(text.trim());
  if (!match || !/\d/.test(text.split(/[eE]/)[0]!)) return undefined;
  const [, sign, whole = '', fraction = '', exponent = ''] = match;
  const point = fraction === '' ? '' : `.${fraction}`;
  return `${sign === '-' ? '-' : ''}${whole === '' ? '0' : whole}${point}${exponent}`;
}
