import { describe, expect, it } from '@jest/globals';
import { formatPointer, parsePointer, showPointer } from '../../src/record/json-pointer.js';

describe('formatPointer', () => {
  it('escapes as RFC 6901 says', () => {
    expect(formatPointer([])).toBe('');
    expect(formatPointer(['a/b', 0, 'm~n', '', '~1'])).toBe('/a~1b/0/m~0n//~01');
  });

  it('is undone by parsePointer', () => {
    const path = ['a/b', '0', 'm~n', '', '~1', '~0'];
    expect(parsePointer(formatPointer(path))).toEqual(path);
    expect(parsePointer('')).toEqual([]);
  });
});

describe('showPointer', () => {
  it('shows element names, also those with an underscore or an at sign, and indexes', () => {
    expect(showPointer(['entry', 12, 'resource', '_birthDate', '@context'])).toBe(
      '/entry/12/resource/_birthDate/@context',
    );
    expect(showPointer(['valueBase64Binary'])).toBe('/valueBase64Binary');
  });

  it.each([
    'Jane Doe',
    'P-1234',
    'mrn123456',
    '078-05-1120',
    'a/b',
    '',
    'x'.repeat(60),
    'é',
    'ns:name',
  ])('ends before a name that may be content: %j', (name) => {
    expect(showPointer(['entry', 0, name, 'id'])).toBe('/entry/0');
  });
});
