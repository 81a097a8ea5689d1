/** What a product may be kept at, kelvin; an open side has no bound. */
export interface StorageRange {
  min?: number;
  max?: number;
}

export const TEMPERATURE = 'https://gs1.org/voc/Temperature';
export const KELVIN = 'KEL';

/** Half of the last digit of a reading in tenths of a degree: conversion must not make an excursion. */
const TOLERANCE_KELVIN = 0.05;

export function isOutside(
  kelvin: number,
  { min = -Infinity, max = Infinity }: StorageRange,
): boolean {
  return kelvin < min - TOLERANCE_KELVIN || kelvin > max + TOLERANCE_KELVIN;
}
