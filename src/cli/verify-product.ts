import { Option, type Command } from 'commander';
import type { ProductQuestion } from '../query/verify-product-input.js';
import { addAskOptions, askNode, type AskFlags } from './answering-node.js';
import type { Context } from './context.js';
import type { VerificationAnswer } from './verify-product-answer.js';

type VerifyFlags = AskFlags & ProductQuestion;

/** The identifier is not verified; another failure of the command is also 1, and says so on stderr. */
const NOT_VERIFIED = 1;

export function addVerifyProductCommand(program: Command, context: Context): void {
  const command = program
    .command('verify-product')
    .description('whether the identifier on a package was commissioned here; exit code 0 or 1')
    .option('--gtin <gtin>', 'GTIN, or NDC with hyphens')
    .option('--serial <serial>', 'serial number')
    .option('--lot <lot>', 'lot, to be compared')
    .option('--expiry <day>', 'expiry date, to be compared: 2027-05-31')
    .addOption(
      new Option('--scan <text>', 'what a scanner read, in place of these').conflicts([
        'gtin',
        'serial',
        'lot',
        'expiry',
      ]),
    );
  addAskOptions(command).action((flags: VerifyFlags) => verify(context, flags));
}

async function verify(context: Context, flags: VerifyFlags): Promise<void> {
  const { gtin, serial, lot, expiry, scan } = flags;
  const question: ProductQuestion = { gtin, serial, lot, expiry, scan };
  const { askProduct, readProduct } = await import('./verify-product-answer.js');
  const answer = await askNode(context, flags, {
    remote: (node) => askProduct(node, question),
    local: (reader) => readProduct(reader, question),
  });
  if (!answer.verified) context.exitCode = NOT_VERIFIED;
  context.output.result(answer, describe(context, answer));
}

function describe({ output }: Context, answer: VerificationAnswer): string {
  const { verified, verificationFailureReason, additionalInfo, status, evidence, epc } = answer;
  const verdict = verified
    ? output.style('green', 'verified')
    : output.style('red', `NOT verified: ${verificationFailureReason}`);
  const info = additionalInfo.length > 0 ? [`  beware: ${additionalInfo.join(', ')}`] : [];
  const events = evidence.length > 0 ? evidence.map((seq) => `#${seq}`).join(', ') : 'none';
  return [`${verdict}  ${epc}`, ...info, `  status: ${status}; events: ${events}`].join('\n');
}
