/** Members every EPCIS 2.0 event may have. */
const COMMON = `@context type eventID eventTime recordTime eventTimeZoneOffset errorDeclaration certificationInfo
  bizStep disposition persistentDisposition readPoint bizLocation bizTransactionList sourceList
  destinationList sensorElementList`;

/** The five event types of EPCIS 2.0 with the members that are theirs. */
const MEMBERS = new Map<string, ReadonlySet<string>>(
  Object.entries({
    ObjectEvent: 'action epcList quantityList ilmd',
    AggregationEvent: 'action parentID childEPCs childQuantityList',
    TransactionEvent: 'action parentID epcList quantityList',
    TransformationEvent: `transformationID inputEPCList inputQuantityList outputEPCList
      outputQuantityList ilmd`,
    AssociationEvent: 'action parentID childEPCs childQuantityList',
  }).map(([type, own]) => [type, new Set(`${COMMON} ${own}`.split(/\s+/))]),
);

export function isEventType(type: unknown): type is string {
  return typeof type === 'string' && MEMBERS.has(type);
}

export function isMemberOf(type: string, name: string): boolean {
  return MEMBERS.get(type)?.has(name) ?? false;
}

/** Extensions are named by a CURIE or an absolute URI; `@` begins the keywords of JSON-LD. */
export function isNamespaced(name: string): boolean {
  return name.includes(':') || name.startsWith('@');
}

/** Lists of instances, whichever event type they belong to. */
export const EPC_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'];
/** Lists of classes and lots, likewise. */
export const QUANTITY_LISTS = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
];
