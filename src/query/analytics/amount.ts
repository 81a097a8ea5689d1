/** An exact decimal with two places at least: 75.0000 is 75.00, and 0.1250 is 0.125. */
export function formatAmount(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}
