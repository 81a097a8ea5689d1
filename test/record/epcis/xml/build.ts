/** A small valid ObjectEvent as XML; `inner` comes last in it. */
export function buildXmlEvent(inner = '', { name = 'ObjectEvent', attributes = '' } = {}): string {
  return `<${name}${attributes}><eventTime>2026-07-22T06:45:00+02:00</eventTime>
    <eventTimeZoneOffset>+02:00</eventTimeZoneOffset>
    <epcList><epc>urn:epc:id:sgtin:0614141.107346.2017</epc></epcList>
    <action>OBSERVE</action>${inner}</${name}>`;
}

/** A document around events. */
export function buildXml(
  events: string,
  { attributes = '', header = '', version = '2.0' } = {},
): string {
  const namespace = `urn:epcglobal:epcis:xsd:${version.startsWith('2') ? 2 : 1}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="${namespace}" schemaVersion="${version}" creationDate="2026-07-22T10:30:00Z"${attributes}>
  ${header}<EPCISBody><EventList>${events}</EventList></EPCISBody>
</epcis:EPCISDocument>`;
}
