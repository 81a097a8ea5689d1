import { AppError } from '../error.js';
import type { RecallSubject } from '../graph/trace/recall.js';
import { canonicalEpc, parseIdentifier } from '../record/gs1/identifier.js';
import { gtinLink, readGtin } from './verify-product-input.js';

/** What is recalled, as it is asked for. */
export interface RecallWish {
  /** A lot number, or a lot with its GTIN as URN, Digital Link or element string. */
  lot?: string;
  /** 8, 12, 13 or 14 digits; an NDC with hyphens; a class as URN or Digital Link. */
  gtin?: string;
  /** EPC of a unit or a container, in any form. */
  item?: string;
}

/** More characters than any identifier has. */
const CHARACTERS_MAX = 2_048;

/**
 * Check digits are not asked for: what was captured with a wrong one must be found, too.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parseRecallSubject(wish: RecallWish): RecallSubject {
  const { lot, gtin, item } = wish;
  for (const [name, text] of Object.entries(wish)) {
    if (text !== undefined) checkLength(name, text as string);
  }
  if (item !== undefined) {
    if (lot !== undefined || gtin !== undefined) throw refuse('/item', ONE);
    return { item: canonicalEpc(item) };
  }
  if (lot === undefined && gtin === undefined) throw refuse('', ONE);
  const told = lot === undefined ? undefined : readLot(lot);
  const named = gtin === undefined ? undefined : classOf(gtin);
  if (told?.gtin && named !== undefined && told.gtin !== named) {
    throw refuse('/gtin', 'the lot is one of another GTIN');
  }
  const found = told?.gtin ?? named;
  return { ...(told && { lot: told.lot }), ...(found !== undefined && { gtin: found }) };
}

const ONE = 'name what is recalled: a lot, a GTIN, both, or an item';

function readLot(text: string): { lot: string; gtin?: string } {
  const id = parseIdentifier(text);
  if (!id) return { lot: text };
  const lot = id.qualifiers.find(({ ai }) => ai === '10')?.value;
  if (id.kind !== 'LGTIN' || lot === undefined) {
    throw refuse('/lot', 'not a lot', 'name a unit or a container as `item`');
  }
  return { lot, gtin: gtinLink(id.key.value) };
}

function classOf(text: string): string {
  const gtin = readGtin(text);
  if (gtin !== undefined) return gtinLink(gtin);
  throw refuse('/gtin', 'not a GTIN', 'give 8, 12, 13 or 14 digits, or an NDC with its hyphens');
}

function checkLength(name: string, text: string): void {
  if (text.length > 0 && text.length <= CHARACTERS_MAX) return;
  throw refuse(`/${name}`, `${name} has 1 to ${CHARACTERS_MAX} characters`);
}

function refuse(pointer: string, message: string, hint?: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { pointer, ...(hint !== undefined && { hint }) });
}
