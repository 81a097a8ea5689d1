import type { Dimension } from './dimension.js';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const YEAR = 365.25 * DAY;

const INCH = 0.0254;
const FOOT = 0.3048;
const MILE = 1_609.344;

const DURATION: Dimension = {
  base: 'SEC',
  factors: {
    ...{ B52: 1e3, C26: 1e-3, B98: 1e-6, C47: 1e-9, H70: 1e-12 },
    ...{ MIN: MINUTE, HUR: HOUR, DAY, WEE: 7 * DAY, DAD: 10 * DAY, MON: YEAR / 12, ANN: YEAR },
  },
};

const FREQUENCY: Dimension = {
  base: 'HTZ',
  factors: {
    ...{ D29: 1e12, A86: 1e9, MHZ: 1e6, KHZ: 1e3 },
    ...{ C97: 1, C94: 1 / MINUTE, H10: 1 / HOUR, E91: 1 / DAY },
    ...{ RPS: 1, RPM: 1 / MINUTE, BPM: 1 / MINUTE, OPM: 1 / MINUTE },
  },
};

const SPEED: Dimension = {
  base: 'MTS',
  factors: {
    ...{ M62: 1e3, '2M': 1e-2, C16: 1e-3, KMH: 1e3 / HOUR, M60: 1 / HOUR, H49: 1e-2 / HOUR },
    ...{ H67: 1e-3 / HOUR, '2X': 1 / MINUTE, H81: 1e-3 / MINUTE, KNT: 1_852 / HOUR },
    ...{ IU: INCH, M63: INCH / MINUTE, FS: FOOT, FR: FOOT / MINUTE, K14: FOOT / HOUR },
    ...{ HM: MILE / HOUR, M57: MILE / MINUTE, M58: MILE },
  },
};

const ACCELERATION: Dimension = {
  base: 'MSK',
  factors: {
    ...{ M38: 1e3, M39: 1e-2, M41: 1e-3, A76: 1e-2, C11: 1e-5, K40: 9.806_65 },
    ...{ IV: INCH, A73: FOOT, M40: 3 * FOOT, M42: MILE },
  },
};

const DEGREE = Math.PI / 180;

export const TIME: readonly Dimension[] = [
  DURATION,
  FREQUENCY,
  SPEED,
  ACCELERATION,
  { base: '2A', factors: { E96: DEGREE, M46: (360 * DEGREE) / MINUTE } },
  { base: '2B', factors: { M45: DEGREE } },
];
