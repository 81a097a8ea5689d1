import type { Dimension } from './dimension.js';

const HOUR = 3_600;
const INCH = 0.0254;
const FOOT = 0.3048;

const CURRENT: Dimension = {
  base: 'AMP',
  factors: {
    ...{ H38: 1e6, B22: 1e3, N96: 10, '4K': 1e-3, B84: 1e-6, C39: 1e-9, C70: 1e-12 },
  },
};

const VOLTAGE: Dimension = {
  base: 'VLT',
  factors: {
    ...{ B78: 1e6, KVT: 1e3, '2Z': 1e-3, D82: 1e-6, N99: 1e-12, '2G': 1, '2H': 1 },
  },
};

const CHARGE: Dimension = {
  base: 'COU',
  factors: {
    ...{ D77: 1e6, B26: 1e3, D86: 1e-3, B86: 1e-6, C40: 1e-9, C71: 1e-12 },
    ...{ A8: 1, N95: 60, AMH: HOUR, E09: HOUR / 1e3, TAH: HOUR * 1e3 },
  },
};

const RESISTANCE: Dimension = {
  base: 'OHM',
  factors: { H44: 1e12, A87: 1e9, B75: 1e6, B49: 1e3, E45: 1e-3, B94: 1e-6, P22: 1e-9 },
};

const RESISTIVITY: Dimension = {
  base: 'C61',
  factors: {
    ...{ A88: 1e9, H88: 1e9, B76: 1e6, B50: 1e3, M24: 1e3 },
    ...{ C60: 1e-2, C23: 1e-3, B95: 1e-6, C46: 1e-9 },
  },
};

const CONDUCTIVITY: Dimension = {
  base: 'D10',
  factors: {
    ...{ B77: 1e6, B54: 1e3, H43: 1e2, H61: 1e-1, G42: 1e-4 },
    ...{ G43: 1e-6, G44: 1e-7, G45: 1e-9, L42: 1e-12 },
  },
};

const CURRENT_DENSITY: Dimension = {
  base: 'A41',
  factors: { B66: 1e6, A7: 1e6, A4: 1e4, B23: 1e3 },
};

const FIELD_STRENGTH: Dimension = {
  base: 'D50',
  factors: { B79: 1e6, B55: 1e3, D51: 1e3, D47: 1e2, H23: 1 / INCH, C30: 1e-3, C3: 1e-6 },
};

const ILLUMINANCE: Dimension = {
  base: 'LUX',
  factors: { KLX: 1e3, B60: 1, P26: 1e4, P25: 1 / FOOT ** 2, P27: 1 / FOOT ** 2 },
};

const LUMINANCE: Dimension = {
  base: 'A24',
  factors: {
    ...{ P31: 1e4, P28: 1 / INCH ** 2, P32: 1 / FOOT ** 2 },
    ...{ P30: 1e4 / Math.PI, P29: 1 / (Math.PI * FOOT ** 2) },
  },
};

/** Electricity, magnetism and light. */
export const ELECTRICITY: readonly Dimension[] = [
  CURRENT,
  VOLTAGE,
  CHARGE,
  RESISTANCE,
  RESISTIVITY,
  CONDUCTIVITY,
  CURRENT_DENSITY,
  FIELD_STRENGTH,
  { base: 'SIE', factors: { B53: 1e3, C27: 1e-3, B99: 1e-6, N92: 1e-12, NQ: 1, NR: 1e-6 } },
  { base: 'FAR', factors: { N90: 1e3, C10: 1e-3, '4O': 1e-6, C41: 1e-9, '4T': 1e-12, H48: 1e-18 } },
  { base: '81', factors: { P24: 1e3, C14: 1e-3, B90: 1e-6, C43: 1e-9, C73: 1e-12 } },
  { base: 'WEB', factors: { P11: 1e3, C33: 1e-3, B65: 1e-8 } },
  {
    base: 'D33',
    factors: { P13: 1e3, C29: 1e-3, '76': 1e-4, '78': 1e-1, D81: 1e-6, C48: 1e-9, P12: 1e-9 },
  },
  { base: 'D59', factors: { B56: 1e3, D60: 1e3 } },
  ILLUMINANCE,
  LUMINANCE,
  { base: 'LUM', factors: {} },
  { base: 'CDL', factors: { P33: 1e3, P34: 1e-3, P35: 0.903, P36: 1.019 } },
  { base: 'D54', factors: { N48: 1e4, N49: 1 / INCH ** 2, C32: 1e-3, D85: 1e-6, C76: 1e-12 } },
  { base: 'D57', factors: {} },
];
