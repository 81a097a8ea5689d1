import { describe, expect, it } from '@jest/globals';
import { readOne, readProblems } from '../../reading.js';
import { buildEvent, EPC, PALLET } from '../build.js';

const LOT = { epcClass: 'urn:epc:class:lgtin:4012345.022222.L1', quantity: 5 };
const SENSOR = [{ sensorReport: [{ type: 'Temperature', value: 4 }] }];
const ILMD = { 'cbvmda:lotNumber': 'L1' };
const NO_CHILDREN = { childEPCs: undefined };
const NO_THINGS = { inputEPCList: undefined, outputEPCList: undefined };

const warningsOf = (type: string, members: Record<string, unknown>) =>
  (readOne(buildEvent(type, members)).warnings ?? []).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );

describe('what an event is about', () => {
  it.each([
    ['ObjectEvent', { epcList: undefined }],
    ['ObjectEvent', { epcList: [], quantityList: [] }],
    ['ObjectEvent', { epcList: [], sensorElementList: [] }],
    ['AggregationEvent', NO_CHILDREN],
    ['AggregationEvent', { childEPCs: [], childQuantityList: [] }],
    ['AggregationEvent', { ...NO_CHILDREN, sensorElementList: SENSOR }],
    ['AggregationEvent', { ...NO_CHILDREN, action: 'OBSERVE', parentID: undefined }],
    ['AssociationEvent', NO_CHILDREN],
    ['AssociationEvent', { ...NO_CHILDREN, action: 'OBSERVE' }],
    ['TransactionEvent', { epcList: [] }],
    ['TransformationEvent', NO_THINGS],
  ])('is not nothing: %s with %j', (type, members) => {
    expect(readProblems(buildEvent(type, members))).toEqual(['INVALID_RECORD ']);
  });

  it.each([
    ['ObjectEvent', { epcList: [], quantityList: [LOT] }],
    ['ObjectEvent', { epcList: undefined, sensorElementList: SENSOR }],
    ['ObjectEvent', { epcList: [EPC, EPC] }],
    ['AggregationEvent', { ...NO_CHILDREN, action: 'DELETE' }],
    ['AggregationEvent', { ...NO_CHILDREN, childQuantityList: [LOT] }],
    ['AggregationEvent', { ...NO_CHILDREN, action: 'OBSERVE', sensorElementList: SENSOR }],
    ['AssociationEvent', { ...NO_CHILDREN, action: 'DELETE' }],
    ['TransactionEvent', { epcList: undefined, parentID: PALLET }],
    ['TransactionEvent', { epcList: undefined, action: 'DELETE' }],
    ['TransformationEvent', { ...NO_THINGS, transformationID: 'urn:t:1' }],
    ['TransformationEvent', { ...NO_THINGS, inputQuantityList: [LOT], outputEPCList: [EPC] }],
  ])('is enough: %s with %j', (type, members) => {
    expect(warningsOf(type, members)).toEqual([]);
  });

  it.each([
    ['AggregationEvent', { ...NO_CHILDREN, action: 'OBSERVE' }, 'NO_CHILDREN '],
    ['TransformationEvent', { outputEPCList: [] }, 'ONE_SIDED_TRANSFORMATION '],
    ['ObjectEvent', { ilmd: ILMD }, 'ILMD_WITHOUT_ADD /ilmd'],
  ])('is less than the standard wants, so warned of: %s with %j', (type, members, warning) => {
    expect(warningsOf(type, members)).toEqual([warning]);
  });

  it('includes what was made when it was made', () => {
    expect(warningsOf('ObjectEvent', { action: 'ADD', ilmd: ILMD })).toEqual([]);
    expect(warningsOf('TransformationEvent', { ilmd: ILMD })).toEqual([]);
  });

  it('is a transaction at least, for a TransactionEvent', () => {
    expect(readProblems(buildEvent('TransactionEvent', { bizTransactionList: [] }))).toEqual([
      'INVALID_RECORD /bizTransactionList',
    ]);
  });

  it.each(['AggregationEvent', 'AssociationEvent'])('is no %s of a thing with itself', (type) => {
    expect(readProblems(buildEvent(type, { childEPCs: [EPC, PALLET] }))).toEqual([
      'INVALID_RECORD /childEPCs/1',
    ]);
  });
});
