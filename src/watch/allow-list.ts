import { isIP } from 'node:net';
import { AppError } from '../error.js';
import { contains, rangesOf, unwrapAddress } from './address-class.js';

/** Hosts and networks of its own that a node may call although they are not public. */
export interface AllowList {
  /** Named by the operator: who says what it resolves to is trusted. */
  hasHost(hostname: string): boolean;
  hasAddress(address: string): boolean;
}

const HOSTNAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/**
 * @param entries host names, addresses and CIDR ranges: `hooks.hospital.example`, `10.1.2.3`, `fd12::/16`
 * @throws AppError BAD_USER_INPUT for an entry that is none of them
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const cidrs: string[] = [];
  for (const entry of entries.map((each) => each.toLowerCase())) {
    if (entry.includes('/')) cidrs.push(entry);
    else if (isIP(entry) > 0) cidrs.push(`${entry}/${isIP(entry) === 4 ? 32 : 128}`);
    else if (HOSTNAME.test(entry)) hosts.add(entry);
    else throw refuse(entry);
  }
  const ranges = cidrs.map((cidr) => parseRange(cidr));
  return {
    hasHost: (hostname) => hosts.has(hostname),
    hasAddress: (address) => {
      const inner = unwrapAddress(address);
      return inner !== undefined && ranges.some((range) => contains(range, inner));
    },
  };
}

function parseRange(cidr: string) {
  try {
    return rangesOf([cidr]);
  } catch {
    throw refuse(cidr);
  }
}

function refuse(entry: string): AppError {
  return new AppError(
    'BAD_USER_INPUT',
    `webhookHosts: "${entry}" is no host, address or CIDR range`,
  );
}
