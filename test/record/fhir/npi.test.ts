import { expect, it } from '@jest/globals';
import type { Draft } from '../../../src/record/draft.js';
import { readDocument } from '../../../src/record/document.js';
import { isNpiRight } from '../../../src/record/fhir/npi.js';

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

it('warns of a provider whose NPI is wrong, and keeps the record', () => {
  const system = 'http://hl7.org/fhir/sid/us-npi';
  const identifier = [{ system, value: '1234567893' }, 7, { system, value: '9999999999' }];
  const text = JSON.stringify({ resourceType: 'Practitioner', id: 'p', identifier });
  const [draft] = [...readDocument(text)] as Draft[];
  expect(draft!.warnings).toEqual([
    {
      pointer: '/identifier/2/value',
      code: 'IDENTIFIER_FAULT',
      message: 'not an NPI: its check digit is wrong',
    },
  ]);
});
