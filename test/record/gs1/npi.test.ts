import { expect, it } from '@jest/globals';
import { isNpiRight } from '../../../src/record/gs1/npi.js';

it.each(['1234567893', '1245319599', '1003000126'])('%s has its check digit', (npi) => {
  expect(isNpiRight(npi)).toBe(true);
});

it.each([
  '1234567890',
  '1234567839',
  '9999999999',
  '0234567893',
  '123456789',
  '12345678931',
  '',
  'x',
])('%j is no NPI', (text) => {
  expect(isNpiRight(text)).toBe(false);
});
