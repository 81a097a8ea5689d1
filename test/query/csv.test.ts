import { describe, expect, it } from '@jest/globals';
import { formatCsvLine } from '../../src/query/csv.js';

describe('a line of CSV', () => {
  it('quotes what has commas, quotes or line ends', () => {
    expect(formatCsvLine(['a', 'b,c', 'say "x"', 'two\nlines', 1.5, true])).toBe(
      'a,"b,c","say ""x""","two\nlines",1.5,true\r\n',
    );
  });

  it('leaves what is not there empty', () => {
    expect(formatCsvLine([null, undefined, ''])).toBe(',,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'makes no formula of a text like %j',
    (text) => {
      expect(formatCsvLine([text]).replace(/^"/, '').startsWith(`'${text[0]}`)).toBe(true);
    },
  );

  it('keeps negative numbers numbers', () => {
    expect(formatCsvLine([-1, '1-1'])).toBe('-1,1-1\r\n');
  });
});
