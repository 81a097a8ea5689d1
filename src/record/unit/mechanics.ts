import type { Dimension } from './dimension.js';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Standard acceleration of free fall, m/s². */
const GRAVITY = 9.806_65;
const POUND = 0.453_592_37;
const POUND_FORCE = POUND * GRAVITY;
const INCH = 0.0254;
const FOOT = 0.3048;
const POUNDAL = POUND * FOOT;

const FORCE: Dimension = {
  base: 'NEW',
  factors: {
    ...{ B73: 1e6, B47: 1e3, C20: 1e-3, B92: 1e-6, M77: 1, DU: 1e-5, B37: GRAVITY, B51: GRAVITY },
    ...{ M78: GRAVITY / 1e3, C78: POUND_FORCE, M75: POUND_FORCE * 1e3, L40: POUND_FORCE / 16 },
    M76: POUNDAL,
  },
};

const PRESSURE: Dimension = {
  base: 'PAL',
  factors: {
    ...{ A89: 1e9, MPA: 1e6, KPA: 1e3, A97: 1e2, H75: 10, '74': 1e-3, B96: 1e-6 },
    ...{ KBA: 1e8, HBA: 1e7, BAR: 1e5, MBR: 1e2, B85: 1e-1 },
    ...{ C55: 1, C56: 1e6, E01: 1e4, KNM: 1e3, D9: 1e-1, ATM: 101_325, UA: 101_325 / 760 },
    ...{ ATT: GRAVITY * 1e4, E42: GRAVITY * 1e4, E41: GRAVITY * 1e6, B40: GRAVITY },
    ...{ HP: GRAVITY, H78: GRAVITY * 10, N23: GRAVITY * 1e3, HN: 133.322_387_415 },
    ...{ J89: 1_333.223_874_15, F79: 3_386.388_640_341, K31: GRAVITY * 10 },
    ...{ PS: POUND_FORCE / INCH ** 2, N20: (POUND_FORCE * 1e3) / INCH ** 2 },
    K85: POUND_FORCE / FOOT ** 2,
  },
};

/** A calorie of the international steam table, and a British thermal unit of it. */
const CALORIE = 4.186_8;
const BTU = 1_055.055_852_62;
const CALORIE_THERMOCHEMICAL = 4.184;

const ENERGY: Dimension = {
  base: 'JOU',
  factors: {
    ...{ A68: 1e18, C68: 1e15, D30: 1e12, GV: 1e9, '3B': 1e6, KJO: 1e3, C15: 1e-3, A70: 1e-15 },
    ...{ A13: 1e-18, J55: 1, WHR: HOUR, KWH: HOUR * 1e3, MWH: HOUR * 1e6, GWH: HOUR * 1e9 },
    ...{ D32: HOUR * 1e12, A53: 1.602_176_634e-19, B29: 1.602_176_634e-16 },
    ...{ B71: 1.602_176_634e-13, A85: 1.602_176_634e-10, BTU, D70: CALORIE, E14: CALORIE * 1e3 },
    ...{ D35: CALORIE_THERMOCHEMICAL, K53: CALORIE_THERMOCHEMICAL * 1e3 },
    '85': POUND_FORCE * FOOT,
  },
};

/** Of radiant flux, too. */
const POWER: Dimension = {
  base: 'WTT',
  factors: {
    ...{ D31: 1e12, A90: 1e9, MAW: 1e6, KWT: 1e3, C31: 1e-3, D80: 1e-6, C49: 1e-9, C75: 1e-12 },
    ...{ P14: 1, P15: 1 / MINUTE, P16: 1 / HOUR, P17: 1 / DAY, P18: 1e3, P19: 1e3 / MINUTE },
    ...{ P20: 1e3 / HOUR, P21: 1e3 / DAY, D46: 1, K43: 746, N12: 75 * GRAVITY, HJ: 75 * GRAVITY },
    ...{ '2I': BTU / HOUR, J44: BTU / MINUTE, J45: BTU, A74: POUND_FORCE * FOOT },
  },
};

const TORQUE: Dimension = {
  base: 'NU',
  factors: {
    ...{ B74: 1e6, B48: 1e3, DN: 1e-1, J72: 1e-2, F88: 1e-2, D83: 1e-3, B93: 1e-6, M97: 1e-5 },
    ...{ B38: GRAVITY, M92: POUND_FORCE * FOOT, F21: POUND_FORCE * INCH },
    ...{ L41: (POUND_FORCE * INCH) / 16, M95: POUNDAL * FOOT, M96: POUNDAL * INCH },
  },
};

export const MECHANICS: readonly Dimension[] = [
  FORCE,
  PRESSURE,
  ENERGY,
  POWER,
  TORQUE,
  { base: 'B31', factors: { C57: 1, M98: 1e-2, M99: 1e-5, N10: POUND * FOOT, N11: POUND * INCH } },
  { base: 'B33', factors: { C53: 1, B18: 1 } },
  {
    base: '4P',
    factors: { N31: 1e3, F47: 1e3, M23: 1e2, C22: 1e-3, DX: 1e-3, F17: POUND_FORCE / FOOT },
  },
  {
    base: 'C65',
    factors: { N36: 1, N37: 1, '89': 1e-1, N41: 1e-1, C24: 1e-3, C7: 1e-3, J32: 1e-7 },
  },
  { base: 'S4', factors: { '91': 1e-4, M81: 1e-4, '4C': 1e-6, C17: 1e-6, S3: FOOT ** 2 } },
];
