import { AppError } from '../error.js';

const NodeBuffer: typeof Buffer | undefined = globalThis.Buffer;
/** By the size modulo 3: in the last character of an open group the bits beyond the value are zero. */
const CANONICAL = [/^[\w-]*$/, /^[\w-]*[AQgw]$/, /^[\w-]*[AEIMQUYcgkosw048]$/];
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** base64url without padding (RFC 4648 section 5). */
export function toBase64url(bytes: Uint8Array): string {
  if (NodeBuffer !== undefined) return view(NodeBuffer, bytes).toString('base64url');
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Decodes canonical base64url only: no padding, no whitespace, no `+` or `/`, no stray bits in the last
 * character. Every byte string has exactly one spelling, so a signed text cannot be spelt anew.
 * @throws AppError NON_CANONICAL
 */
export function fromBase64url(text: string): Uint8Array {
  const bytes =
    NodeBuffer === undefined ? decodeWithAtob(text) : NodeBuffer.from(text, 'base64url');
  if (toBase64url(bytes) !== text) throw new AppError('NON_CANONICAL', 'not canonical base64url');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** True for the canonical base64url of exactly `sizeBytes` bytes. */
export function isBase64url(value: unknown, sizeBytes: number): value is string {
  if (typeof value !== 'string' || value.length !== Math.ceil((sizeBytes * 4) / 3)) return false;
  return CANONICAL[sizeBytes % 3]!.test(value);
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  if (NodeBuffer !== undefined) return view(NodeBuffer, bytes).toString('hex');
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The parts, one after the other, in a new array. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** UTF-8 bytes. Lone surrogates become U+FFFD: check `isWellFormed()` first where that matters. */
export function utf8(text: string): Uint8Array {
  if (NodeBuffer === undefined) return encoder.encode(text);
  // a quarter of what TextEncoder costs
  const bytes = NodeBuffer.from(text);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Strict UTF-8, byte order mark kept, so that `utf8(fromUtf8(b))` is `b`.
 * @throws AppError NON_CANONICAL
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new AppError('NON_CANONICAL', 'not UTF-8');
  }
}

/** Equality in time that depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

function view(type: typeof Buffer, bytes: Uint8Array): Buffer {
  return type.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodeWithAtob(text: string): Uint8Array {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new AppError('NON_CANONICAL', 'not canonical base64url');
  }
}
