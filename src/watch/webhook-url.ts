import { isIP } from 'node:net';
import { AppError } from '../error.js';

const URL_MAX = 2048;
const PORT_FREE_MIN = 1024;

/** Where a webhook is called, spelt the one way the URL standard spells it. */
export interface WebhookUrl {
  href: string;
  isSecure: boolean;
  /** Lower case, without brackets or trailing dot; an address in any spelling is the address. */
  hostname: string;
  isAddress: boolean;
  port: number;
}

/**
 * Reads an address to call. Whether it may be called is decided where its host is resolved.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parseWebhookUrl(text: string): WebhookUrl {
  if (text.length > URL_MAX) throw refuse(`has at most ${URL_MAX} characters`);
  // the parser would take these out without a word
  if (/[\s\p{Cc}]/u.test(text)) throw refuse('has no spaces or control characters');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw refuse('begins with https://');
  if (url.username !== '' || url.password !== '') {
    throw refuse('carries no user name or password', 'deliveries are signed: check the signature');
  }
  if (url.hash !== '') throw refuse('has no fragment');
  const hostname = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  if (hostname === '' || port === 0) throw refuse('names a host and a port from 1 to 65535');
  return { href: url.href, isSecure, hostname, isAddress: isIP(hostname) > 0, port };
}

/** Ports where services that are no web servers listen are left alone. */
export function isWebPort({ port }: WebhookUrl): boolean {
  return port === 443 || port >= PORT_FREE_MIN;
}

export function refuse(what: string, hint?: string): AppError {
  return new AppError('BAD_USER_INPUT', `the address of a webhook ${what}`, {
    pointer: '/url',
    hint: hint ?? 'give an address like https://hooks.example.com/epcis',
  });
}
