import type { Findings } from '../../finding.js';
import type { JsonObject } from '../../json-object.js';

type Rule = (event: JsonObject, found: Findings) => void;

const CHILDREN = ['childEPCs', 'childQuantityList'];
const THINGS = ['epcList', 'quantityList', 'sensorElementList'];
const INPUTS = ['inputEPCList', 'inputQuantityList'];
const OUTPUTS = ['outputEPCList', 'outputQuantityList'];

/** What each type of event must be about (EPCIS 2.0 sections 7.4.2 to 7.4.6). Sensor data may stand for things. */
const RULES = new Map<unknown, Rule>([
  ['ObjectEvent', checkObject],
  ['AggregationEvent', checkAggregation],
  ['AssociationEvent', checkAssociation],
  ['TransactionEvent', checkTransaction],
  ['TransformationEvent', checkTransformation],
]);

export function checkWhat(event: JsonObject, found: Findings): void {
  RULES.get(event['type'])?.(event, found);
}

function checkObject(event: JsonObject, found: Findings): void {
  if (!hasAny(event, THINGS)) {
    found.add('an ObjectEvent needs an epcList, a quantityList or a sensorElementList');
  }
  if (event['ilmd'] !== undefined && event['action'] !== 'ADD') {
    found.warn('ILMD_WITHOUT_ADD', 'an ObjectEvent has ilmd only when its action is ADD', ['ilmd']);
  }
}

function checkAggregation(event: JsonObject, found: Findings): void {
  checkParent(event, found);
  const { action } = event;
  // DELETE without children means all of them
  if (action === 'DELETE' || hasAny(event, CHILDREN)) return;
  if (action === 'ADD') found.add('an AggregationEvent that adds needs children');
  else if (hasAny(event, ['sensorElementList'])) return;
  else if (event['parentID'] === undefined) {
    found.add('an AggregationEvent needs a parent, children or a sensorElementList');
  } else found.warn('NO_CHILDREN', 'an AggregationEvent that observes names the children it saw');
}

function checkAssociation(event: JsonObject, found: Findings): void {
  checkParent(event, found);
  if (event['action'] === 'DELETE' || hasAny(event, CHILDREN)) return;
  found.add('an AssociationEvent that adds or observes needs children');
}

function checkTransaction(event: JsonObject, found: Findings): void {
  if (!hasAny(event, ['bizTransactionList'])) {
    found.add('a TransactionEvent needs a transaction', ['bizTransactionList']);
  }
  // DELETE without things means all of them
  if (event['action'] === 'DELETE' || hasAny(event, ['parentID', ...THINGS])) return;
  found.add(
    'a TransactionEvent needs a parentID, an epcList, a quantityList or a sensorElementList',
  );
}

function checkTransformation(event: JsonObject, found: Findings): void {
  const [hasInputs, hasOutputs] = [hasAny(event, INPUTS), hasAny(event, OUTPUTS)];
  if (hasInputs && hasOutputs) return;
  if (hasAny(event, ['transformationID', 'sensorElementList'])) return;
  if (!hasInputs && !hasOutputs) {
    found.add('a TransformationEvent needs inputs, outputs or a transformationID');
  } else {
    const message = 'a TransformationEvent without a transformationID has inputs and outputs';
    found.warn('ONE_SIDED_TRANSFORMATION', message);
  }
}

function checkParent({ parentID, childEPCs }: JsonObject, found: Findings): void {
  if (parentID === undefined || !Array.isArray(childEPCs)) return;
  const i = childEPCs.indexOf(parentID);
  if (i >= 0) found.add('nothing is its own parent', ['childEPCs', i]);
}

function hasAny(event: JsonObject, names: readonly string[]): boolean {
  return names.some((name) => {
    const value = event[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}
