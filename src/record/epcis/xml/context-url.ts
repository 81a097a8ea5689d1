/** The JSON-LD context of EPCIS 2.0, which converted documents are written in. */
export const CONTEXT_URL = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
