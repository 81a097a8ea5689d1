import { InvalidArgumentError, Option } from 'commander';
import type { ConfigFlags } from '../config.js';
import type { Context } from './context.js';

/** What most commands take; the names are those of the command line. */
export interface NodeFlags {
  data?: string;
}

export function dataOption(): Option {
  return new Option('--data <dir>', 'data directory of the node (PROVTRAIL_DATA_DIRECTORY)');
}

/** The settings that flags stand for. */
export function settingsOf(context: Context, flags: NodeFlags): ConfigFlags {
  return { dataDirectory: flags.data, logLevel: context.logLevel as ConfigFlags['logLevel'] };
}

/** An option parser for whole numbers between two bounds, both included. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
