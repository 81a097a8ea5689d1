import type { Command } from 'commander';
import { AppError } from '../error.js';
import { addAskOptions, askNode, type AskFlags } from './answering-node.js';
import type { Context } from './context.js';
import { integer } from './option.js';
import type { RecallAnswer, RecallWords } from './recall-answer.js';
import { formatRecallTable } from './recall-table.js';
import { parseTime } from './trace.js';

interface RecallFlags extends AskFlags {
  gtin?: string;
  item?: string;
  asOf?: string;
  knownAt?: number;
}

export function addRecallCommand(program: Command, context: Context): void {
  const command = program
    .command('recall')
    .description('where the units of a lot, a product or a container are')
    .argument('[lot]', 'lot number, or the lot with its GTIN: URN, Digital Link, element string')
    .option('--gtin <gtin>', 'GTIN, or NDC with hyphens; of all its lots when none is named')
    .option('--item <epc>', 'in place of a lot: that of this unit, or what this container held')
    .option('--as-of <time>', 'what was true then: a day, or RFC 3339', parseTime)
    .option(
      '--known-at <n>',
      'only what was known when the log ended with that entry',
      integer(0, Number.MAX_SAFE_INTEGER),
    );
  addAskOptions(command).action((lot: string | undefined, flags: RecallFlags) =>
    runRecall(context, lot, flags),
  );
}

async function runRecall(
  context: Context,
  lot: string | undefined,
  flags: RecallFlags,
): Promise<void> {
  const { gtin, item, asOf, knownAt } = flags;
  if (lot === undefined && gtin === undefined && item === undefined) {
    throw new AppError('BAD_USER_INPUT', 'nothing to be recalled is named', {
      hint: 'name a lot, a --gtin or an --item',
    });
  }
  const words: RecallWords = { lot, gtin, item, asOf, knownAt };
  const { askRecall, readRecall } = await import('./recall-answer.js');
  const answer = await askNode(context, flags, {
    remote: (node) => askRecall(node, words),
    local: (reader) => readRecall(reader, words),
  });
  const { output } = context;
  const bounds = output.style('dim', describeBounds(answer));
  output.result(answer, [...formatRecallTable(answer), '', bounds].join('\n'));
}

/** How far the answer can be relied upon, always said. */
function describeBounds({ isComplete, reason, asOf, position }: RecallAnswer): string {
  const moment = `as of ${asOf} and entry ${position}`;
  return isComplete ? `complete: ${moment}` : `NOT complete (${reason}): ${moment}`;
}
