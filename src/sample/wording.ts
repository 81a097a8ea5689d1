/** How the records of a sample refer to each other. */
export interface Wording {
  /** To a resource of the same document. */
  own(type: string, id: string): string;
  /** To a resource of the directory, which is a document of its own. */
  directory(type: string, id: string, identifier: { system: string; value: string }): string;
}

/** In Bundles: `urn:uuid:` inside, conditional references outside, as FHIR transactions have them. */
export const BUNDLE_WORDING: Wording = {
  own: (_type, id) => `urn:uuid:${id}`,
  directory: (type, _id, { system, value }) => `${type}?identifier=${system}|${value}`,
};

/** One resource a line: relative references everywhere, as FHIR bulk data has them. */
export const LINE_WORDING: Wording = {
  own: (type, id) => `${type}/${id}`,
  directory: (type, id) => `${type}/${id}`,
};
