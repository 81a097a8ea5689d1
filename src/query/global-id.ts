import { fromBase64url, toBase64url, utf8 } from '../crypto/bytes.js';
import { isCid } from '../crypto/cid.js';
import { isAppError } from '../error.js';

/** What a global id names. Clients must not look into it. */
export type GlobalId =
  | { kind: 'Record'; cid: string }
  | { kind: 'Entry'; origin: string; seq: number }
  | { kind: 'Log'; origin: string };

export function formatGlobalId(id: GlobalId): string {
  return toBase64url(utf8(textOf(id)));
}

/** Undefined for anything this node never gave out: nothing is there, so nothing is found. */
export function parseGlobalId(text: string): GlobalId | undefined {
  if (text.length > 512) return undefined;
  const parsed = parseText(decode(text) ?? '');
  return parsed && formatGlobalId(parsed) === text ? parsed : undefined;
}

function textOf(id: GlobalId): string {
  switch (id.kind) {
    case 'Record':
      return `Record ${id.cid}`;
    case 'Entry':
      return `Entry ${id.origin} ${id.seq}`;
    case 'Log':
      return `Log ${id.origin}`;
  }
}

function parseText(text: string): GlobalId | undefined {
  const [kind, name = '', seq = '', ...rest] = text.split(' ');
  if (rest.length > 0) return undefined;
  if (kind === 'Record' && isCid(name)) return { kind, cid: name };
  if (kind === 'Entry' && /^\d{1,16}$/.test(seq)) return { kind, origin: name, seq: Number(seq) };
  if (kind === 'Log') return { kind, origin: name };
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return new TextDecoder().decode(fromBase64url(text));
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
