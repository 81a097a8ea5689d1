/** What an index needs to know of one vocabulary element of EPCIS master data; identifiers canonical. */
export interface MasterFacts {
  /** `Location`, `EPCClass`, `ReadPoint`, `SourceDest`: the local name of the vocabulary's type. */
  vocabulary: string;
  id: string;
  name?: string;
  /** Sub-locations, canonical. */
  children?: string[];
  /** Degrees, WGS 84. */
  latitude?: number;
  longitude?: number;
  /** Storage range of a product in kelvin. */
  storageMin?: number;
  storageMax?: number;
  /** National Drug Code as captured. */
  ndc?: string;
}
