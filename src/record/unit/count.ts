import type { Dimension } from './dimension.js';

/** Numbers of things, and proportions: relative humidity and fractions of mass or volume among them. */
const COUNT: Dimension = {
  base: 'C62',
  factors: {
    ...{ EA: 1, H87: 1, PR: 2, DZN: 12, DPC: 12, SCO: 20, CEN: 1e2, HC: 1e2, GRO: 144 },
    ...{ MIL: 1e3, T3: 1e3, GGR: 1_728, MIO: 1e6, MLD: 1e9, BIL: 1e12, TRL: 1e18 },
    ...{ P1: 1e-2, VP: 1e-2, '60': 1e-2, NX: 1e-3, E40: 1e-5, '59': 1e-6, '61': 1e-9 },
    ...{ Q26: 1, H60: 1, K62: 1, M29: 1, H64: 1e-3, L19: 1e-3, J91: 1e-3 },
    ...{ NA: 1e-6, H65: 1e-6, J36: 1e-6, J87: 1e-6, J33: 1e-9, Q29: 1e-8, L32: 1e-12 },
  },
};

const BYTE = 8;

const MEMORY: Dimension = {
  base: 'A99',
  factors: {
    ...{ C37: 1e3, D36: 1e6, B68: 1e9, E83: 1e12, E78: 1e15 },
    ...{ C21: 2 ** 10, D11: 2 ** 20, B30: 2 ** 30 },
    ...{ AD: BYTE, Q12: BYTE, '2P': BYTE * 1e3, '4L': BYTE * 1e6, E34: BYTE * 1e9 },
    ...{ E35: BYTE * 1e12, E36: BYTE * 1e15, E64: BYTE * 2 ** 10, E63: BYTE * 2 ** 20 },
    ...{ E62: BYTE * 2 ** 30, E61: BYTE * 2 ** 40, E60: BYTE * 2 ** 50, E59: BYTE * 2 ** 60 },
  },
};

export const COUNTED: readonly Dimension[] = [COUNT, MEMORY];
