import type { Dimension } from './dimension.js';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const POUND = 0.453_592_37;
const GRAIN = POUND / 7_000;
const INCH_3 = 0.0254 ** 3;
const FOOT_3 = 0.3048 ** 3;
const GALLON_US = 231 * INCH_3;

const MASS: Dimension = {
  base: 'KGM',
  factors: {
    ...{ KTN: 1e6, TNE: 1e3, '2U': 1e3, DTN: 1e2, HGM: 1e-1, DJ: 1e-2, GRM: 1e-3 },
    ...{ DG: 1e-4, CGM: 1e-5, MGM: 1e-6, MC: 1e-9, CTM: 2e-4, M86: 0.5 },
    ...{ LBR: POUND, ONZ: POUND / 16, DRI: POUND / 256, GRN: GRAIN, APZ: 480 * GRAIN },
    ...{ DWT: 24 * GRAIN, SCR: 20 * GRAIN, DRA: 60 * GRAIN, LBT: 5_760 * GRAIN },
    ...{ STI: 14 * POUND, CWA: 100 * POUND, CWI: 112 * POUND, STN: 2_000 * POUND },
    LTN: 2_240 * POUND,
  },
};

/** Of absolute humidity and mass concentration, too. */
const DENSITY: Dimension = {
  base: 'KMQ',
  factors: {
    ...{ G31: 1e6, '23': 1e3, B34: 1e3, B35: 1e3, B72: 1e3, D41: 1e3, GJ: 1e3 },
    ...{ F23: 1, GL: 1, A93: 1e-3, M1: 1e-3, GP: 1e-6, H29: 1e-6, GQ: 1e-9 },
    ...{ '87': POUND / FOOT_3, LA: POUND / INCH_3, GE: POUND / GALLON_US },
  },
};

const MASS_FLOW: Dimension = {
  base: 'KGS',
  factors: {
    ...{ L81: 1e3, F29: 1e-3, F34: 1e-6, L78: 1e3 / MINUTE, F31: 1 / MINUTE, F28: 1e-3 / MINUTE },
    ...{ F33: 1e-6 / MINUTE, E18: 1e3 / HOUR, E93: 1 / HOUR, F27: 1e-3 / HOUR, '4M': 1e-6 / HOUR },
    ...{ L71: 1e3 / DAY, F30: 1 / DAY, F26: 1e-3 / DAY, F32: 1e-6 / DAY },
    ...{ K81: POUND, K78: POUND / MINUTE, '4U': POUND / HOUR, K66: POUND / DAY },
  },
};

const VOLUME_FLOW: Dimension = {
  base: 'MQS',
  factors: {
    ...{ G51: 1e-3, J93: 1e-3, '40': 1e-6, '2J': 1e-6, G53: 1 / MINUTE, L2: 1e-3 / MINUTE },
    ...{ J92: 1e-3 / MINUTE, '41': 1e-6 / MINUTE, G49: 1e-6 / MINUTE, MQH: 1 / HOUR },
    ...{ '4X': 1 / HOUR, E32: 1e-3 / HOUR, E92: 1e-3 / HOUR, G55: 1e-6 / HOUR, G48: 1e-6 / HOUR },
    ...{ G52: 1 / DAY, LD: 1e-3 / DAY, J90: 1e-3 / DAY, G54: 1e-6 / DAY, G47: 1e-6 / DAY },
    ...{ E17: FOOT_3, '2L': FOOT_3 / MINUTE, '2K': FOOT_3 / HOUR, G2: GALLON_US / MINUTE },
  },
};

const MOLES_PER_VOLUME: Dimension = {
  base: 'C36',
  factors: { B46: 1e3, C35: 1e3, C38: 1e3, M33: 1 },
};

export const MATTER: readonly Dimension[] = [
  MASS,
  DENSITY,
  MASS_FLOW,
  VOLUME_FLOW,
  MOLES_PER_VOLUME,
  { base: 'C34', factors: { B45: 1e3, C18: 1e-3, FH: 1e-6, P44: POUND * 1e3 } },
  { base: 'C19', factors: { P47: 1e3, H68: 1, D87: 1e-3 } },
  { base: 'D74', factors: { A94: 1e-3, F24: 1e-3 } },
  { base: 'A40', factors: { A37: 1e-3, B58: 1e-3, A36: 1e-6 } },
  { base: 'B15', factors: { B44: 1e3 } },
  { base: 'A39', factors: { H83: 1e-3, N28: 1e-3, KX: 1e-6, '22': 1e-1 } },
  { base: '28', factors: { GM: 1e-3, GO: 1e-6, H63: 1e-2, '25': 10, D5: 1e4, N24: 1e3 } },
  { base: 'H56', factors: {} },
  { base: 'P87', factors: { '35': 1e-2 } },
];
