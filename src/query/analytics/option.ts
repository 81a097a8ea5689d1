import type { CodeRule } from './claims/code-rule.js';

/** What a single figure may be told beside window and filter. */
export interface FigureOptions {
  /** EXPIRY: how far ahead is looked, days. */
  withinDays?: number;
  /** COLD_CHAIN: bounds in degrees Celsius in place of those of the product's master data. */
  minCelsius?: number;
  maxCelsius?: number;
  /** DUPLICATES, near: how many days services may lie apart; by how many percent amounts may differ. */
  daysApart?: number;
  percentApart?: number;
  /** IMPOSSIBLE_DAY: minutes a provider may bill for one day; minutes of codes beside the built-in ones. */
  dayMinutesMax?: number;
  codeMinutes?: { code: string; minutes: number }[];
  /** UNBUNDLING: panels beside the built-in ones. */
  panels?: CodeRule[];
  /** LEVEL_MIX_OUTLIER: visits a provider must have; providers there must be. */
  visitsMin?: number;
  peersMin?: number;
}
