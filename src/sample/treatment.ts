import { gtinOfNdc } from './gs1.js';

/** A code of a public terminology and its words. */
export interface Coded {
  code: string;
  display: string;
}

/** What a patient of the sample has, how it is measured, and the product that treats it. */
export interface Treatment {
  /** SNOMED CT. */
  condition: Coded;
  icd10: string;
  /** LOINC; the range is of plausible values. */
  measure: Coded & { unit: string; low: number; high: number };
  /** SNOMED CT. */
  procedure: Coded;
  /** RxNorm. */
  drug: Coded;
  /** National drug code, 5-3-2; the labeler is the sample's manufacturer. */
  ndc: string;
  gtin: string;
  packPrice: number;
}

/** Company prefix of the sample's manufacturer: `03` and its NDC labeler. */
export const MANUFACTURER_PREFIX = '0399990';

function treatment(
  product: string,
  packPrice: number,
  rest: Omit<Treatment, 'ndc' | 'gtin' | 'packPrice'>,
): Treatment {
  const labeler = MANUFACTURER_PREFIX.slice(2);
  const gtin = gtinOfNdc(labeler + product.replace('-', ''));
  return { ...rest, ndc: `${labeler}-${product}`, gtin, packPrice };
}

export const TREATMENTS: readonly [Treatment, ...Treatment[]] = [
  treatment('101-30', 18, {
    condition: { code: '44054006', display: 'Diabetes mellitus type 2' },
    icd10: 'E11.9',
    measure: { code: '4548-4', display: 'Hemoglobin A1c in Blood', unit: '%', low: 5.8, high: 9.9 },
    procedure: { code: '401191002', display: 'Diabetic foot examination' },
    drug: { code: '861007', display: 'metformin hydrochloride 500 MG Oral Tablet' },
  }),
  treatment('102-30', 12, {
    condition: { code: '59621000', display: 'Essential hypertension' },
    icd10: 'I10',
    measure: {
      code: '8480-6',
      display: 'Systolic blood pressure',
      unit: 'mm[Hg]',
      low: 118,
      high: 172,
    },
    procedure: { code: '428191000124101', display: 'Documentation of current medications' },
    drug: { code: '314076', display: 'lisinopril 10 MG Oral Tablet' },
  }),
  treatment('103-01', 46, {
    condition: { code: '195967001', display: 'Asthma' },
    icd10: 'J45.909',
    measure: { code: '20150-9', display: 'FEV1', unit: 'L', low: 1.6, high: 4.2 },
    procedure: { code: '127783003', display: 'Spirometry' },
    drug: { code: '745679', display: 'albuterol 0.09 MG/ACTUAT Metered Dose Inhaler' },
  }),
  treatment('104-30', 15, {
    condition: { code: '55822004', display: 'Hyperlipidemia' },
    icd10: 'E78.5',
    measure: { code: '2089-1', display: 'Cholesterol in LDL', unit: 'mg/dL', low: 92, high: 198 },
    procedure: { code: '16254007', display: 'Lipid panel' },
    drug: { code: '314231', display: 'simvastatin 10 MG Oral Tablet' },
  }),
  treatment('105-20', 24, {
    condition: { code: '75498004', display: 'Acute bacterial sinusitis' },
    icd10: 'J01.90',
    measure: { code: '8310-5', display: 'Body temperature', unit: 'Cel', low: 36.4, high: 39.6 },
    procedure: { code: '428191000124101', display: 'Documentation of current medications' },
    drug: { code: '562251', display: 'amoxicillin 250 MG / clavulanate 125 MG Oral Tablet' },
  }),
  treatment('106-30', 9, {
    condition: { code: '87522002', display: 'Iron deficiency anemia' },
    icd10: 'D50.9',
    measure: { code: '718-7', display: 'Hemoglobin in Blood', unit: 'g/dL', low: 8.4, high: 13.6 },
    procedure: { code: '26604007', display: 'Complete blood count' },
    drug: { code: '310325', display: 'ferrous sulfate 325 MG Oral Tablet' },
  }),
];
