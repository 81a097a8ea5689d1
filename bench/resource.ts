/** One FHIR R4 resource of a made-up visit, padded with narrative to about a kilobyte. */
export interface Resource {
  resourceType: string;
  id: string;
  [member: string]: unknown;
}

const RESOURCE_BYTES = 1024;
export const PRACTITIONERS = 100;
export const ORGANIZATIONS = 20;
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

/** Practitioners, organisations, and for each patient the person and the cover. */
export function* formatDirectory(patients: number): Generator<string> {
  for (let i = 0; i < ORGANIZATIONS; i++) {
    yield format({ resourceType: 'Organization', id: `o${i}`, name: `Organisation ${i}` });
  }
  for (let i = 0; i < PRACTITIONERS; i++) {
    yield format({ resourceType: 'Practitioner', id: `d${i}`, name: [{ family: `Doctor ${i}` }] });
  }
  for (let i = 0; i < patients; i++) {
    yield format({ resourceType: 'Patient', id: `p${i}`, name: [{ family: `Person ${i}` }] });
    const payor = [ref('Organization', `o${i % ORGANIZATIONS}`)];
    yield format({
      resourceType: 'Coverage',
      id: `c${i}`,
      status: 'active',
      beneficiary: ref('Patient', `p${i}`),
      payor,
    });
  }
}

export function ref(type: string, id: string): { reference: string } {
  return { reference: `${type}/${id}` };
}

export function code(system: string, value: string, display?: string) {
  return { coding: [{ system, code: value, ...(display === undefined ? {} : { display }) }] };
}

/** Minified JSON of about a kilobyte: what is missing is made up with narrative. */
export function format(resource: Resource): string {
  const bare = JSON.stringify(resource);
  const narrative = { text: { status: 'generated', div: `${DIV}</div>` } };
  const missing = RESOURCE_BYTES - bare.length - JSON.stringify(narrative).length + 1;
  if (missing <= 0) return bare;
  const words = 'seen at the clinic and sent home in good health; '.repeat(Math.ceil(missing / 48));
  narrative.text.div = `${DIV}${words.slice(0, missing)}</div>`;
  return JSON.stringify({ ...resource, ...narrative });
}
