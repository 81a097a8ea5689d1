import type { Dimension } from './dimension.js';

const MINUTE = 60;
const HOUR = 3_600;

/** Exact by definition: 3.7 × 10¹⁰ decays a second, 2.58 × 10⁻⁴ C/kg. */
const CURIE = 3.7e10;
const ROENTGEN = 2.58e-4;

const ABSORBED_DOSE_RATE: Dimension = {
  base: 'A96',
  factors: {
    ...{ P54: 1e-3, P55: 1e-6, P56: 1e-9 },
    ...{ P57: 1 / MINUTE, P58: 1e-3 / MINUTE, P59: 1e-6 / MINUTE, P60: 1e-9 / MINUTE },
    ...{ P61: 1 / HOUR, P62: 1e-3 / HOUR, P63: 1e-6 / HOUR, P64: 1e-9 / HOUR },
  },
};

const DOSE_EQUIVALENT_RATE: Dimension = {
  base: 'P65',
  factors: {
    ...{ P66: 1e-3, P67: 1e-6, P68: 1e-9, P69: 1e-2 },
    ...{ P74: 1 / MINUTE, P75: 1e-3 / MINUTE, P76: 1e-6 / MINUTE, P77: 1e-9 / MINUTE },
    ...{ P70: 1 / HOUR, P71: 1e-3 / HOUR, P72: 1e-6 / HOUR, P73: 1e-9 / HOUR },
  },
};

const RADIOACTIVITY: Dimension = {
  base: 'BQL',
  factors: {
    ...{ GBQ: 1e9, '4N': 1e6, '2Q': 1e3, H08: 1e-6 },
    ...{ '2R': CURIE * 1e3, CUR: CURIE, MCU: CURIE / 1e3, M5: CURIE / 1e6 },
  },
};

export const RADIATION: readonly Dimension[] = [
  ABSORBED_DOSE_RATE,
  DOSE_EQUIVALENT_RATE,
  RADIOACTIVITY,
  { base: 'A95', factors: { C13: 1e-3, C80: 1e-2 } },
  { base: 'D13', factors: { C28: 1e-3, D91: 1e-2, L31: 1e-5 } },
  { base: 'CKG', factors: { C8: 1e-3, KR: ROENTGEN * 1e3, '2C': ROENTGEN, '2Y': ROENTGEN / 1e3 } },
];
