import type { Dimension } from './dimension.js';

const INCH = 0.0254;
const FOOT = 0.3048;
const YARD = 0.9144;
const MILE = 1_609.344;

const LENGTH: Dimension = {
  base: 'MTR',
  factors: {
    ...{ MAM: 1e6, KMT: 1e3, HMT: 1e2, A45: 10, DMT: 1e-1, CMT: 1e-2, MMT: 1e-3 },
    ...{ '4H': 1e-6, C45: 1e-9, A11: 1e-10, C52: 1e-12, A71: 1e-15 },
    ...{ M7: INCH / 1e6, '77': INCH / 1e3, INH: INCH, FOT: FOOT, YRD: YARD, AK: 2 * YARD },
    ...{ F49: 5.5 * YARD, X1: 22 * YARD, M50: 220 * YARD, SMI: MILE, NMI: 1_852 },
  },
};

const AREA: Dimension = {
  base: 'MTK',
  factors: {
    ...{ KMK: 1e6, H18: 1e4, HAR: 1e4, DAA: 1e3, H16: 1e2, ARE: 1e2 },
    ...{ DMK: 1e-2, CMK: 1e-4, MMK: 1e-6, H30: 1e-12 },
    ...{ INK: INCH ** 2, FTK: FOOT ** 2, YDK: YARD ** 2, ACR: 4_840 * YARD ** 2, MIK: MILE ** 2 },
  },
};

const GALLON_US = 231 * INCH ** 3;
const GALLON_UK = 4.546_09e-3;

const VOLUME: Dimension = {
  base: 'MTQ',
  factors: {
    ...{ H20: 1e9, H19: 1e6, DMA: 1e3, DMQ: 1e-3, CMQ: 1e-6, MMQ: 1e-9 },
    ...{ MAL: 1e3, K6: 1, HLT: 1e-1, A44: 1e-2, LTR: 1e-3, DLT: 1e-4, CLT: 1e-5, MLT: 1e-6 },
    ...{ '4G': 1e-9, Q34: 1e-12, Q33: 1e-15, Q32: 1e-18 },
    ...{ INQ: INCH ** 3, FTQ: FOOT ** 3, YDQ: YARD ** 3 },
    ...{ GLL: GALLON_US, QTL: GALLON_US / 4, PTL: GALLON_US / 8, G21: GALLON_US / 16 },
    ...{ GIA: GALLON_US / 32, OZA: GALLON_US / 128, G24: GALLON_US / 256, G25: GALLON_US / 768 },
    ...{ GLI: GALLON_UK, QTI: GALLON_UK / 4, PTI: GALLON_UK / 8, GII: GALLON_UK / 32 },
    ...{ OZI: GALLON_UK / 160, BLL: 42 * GALLON_US },
  },
};

const DEGREE = Math.PI / 180;

const ANGLE: Dimension = {
  base: 'C81',
  factors: {
    ...{ DD: DEGREE, D61: DEGREE / 60, D62: DEGREE / 3_600, A91: 0.9 * DEGREE },
    ...{ M44: 360 * DEGREE, M43: (360 * DEGREE) / 6_400, C25: 1e-3, B97: 1e-6 },
  },
};

const WAVENUMBER: Dimension = {
  base: 'C92',
  factors: { E90: 1e2, Q24: 1 / INCH, C85: 1e10, Q25: 1 },
};

export const SPACE: readonly Dimension[] = [
  LENGTH,
  AREA,
  VOLUME,
  ANGLE,
  { base: 'D27', factors: {} },
  WAVENUMBER,
];
