import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * What an IP address leads to. PRIVATE: this host or a network of one's own. SPECIAL: what no webhook can be at, like
 * link-local addresses (cloud metadata), multicast, and ranges that hide another address.
 */
export type AddressClass = 'PUBLIC' | 'PRIVATE' | 'SPECIAL';

/** IANA special-purpose registries (RFC 6890 and updates). */
const PRIVATE_RANGES = [
  '10.0.0.0/8',
  '100.64.0.0/10', // shared by a provider's customers (RFC 6598)
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
];

const SPECIAL_RANGES = [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23', // protocol assignments, Teredo among them
  '2001:db8::/32',
  '2620:4f:8000::/48',
  '3fff::/20',
];

/** Addresses of well-known clouds' metadata that lie in ranges which are otherwise merely private or public. */
const METADATA = ['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32', 'fd00:ec2::254/128'];

/** The only global unicast IPv6 there is; what lies outside of it is special unless it is private. */
const GLOBAL_IPV6 = rangesOf(['2000::/3']);
const PRIVATE = rangesOf(PRIVATE_RANGES);
const SPECIAL = rangesOf([...SPECIAL_RANGES, ...METADATA]);

/** @param address IPv4 dotted or IPv6, without brackets; anything else is SPECIAL */
export function classifyAddress(address: string): AddressClass {
  const inner = unwrapAddress(address);
  if (inner === undefined || contains(SPECIAL, inner)) return 'SPECIAL';
  if (contains(PRIVATE, inner)) return 'PRIVATE';
  return isIPv4(inner) || contains(GLOBAL_IPV6, inner) ? 'PUBLIC' : 'SPECIAL';
}

/**
 * The IPv4 address inside an IPv6 one that is mapped, translated (NAT64) or tunnelled (6to4); other addresses as they are.
 * Undefined for what is no address, or has a zone.
 */
export function unwrapAddress(address: string): string | undefined {
  if (isIPv4(address)) return address;
  if (!isIPv6(address) || address.includes('%')) return undefined;
  const words = wordsOf(address);
  const [a = 0, b = 0, c = 0] = words;
  const isZero = (from: number, to: number) => words.slice(from, to).every((word) => word === 0);
  if (isZero(0, 5) && words[5] === 0xffff) return dotted(words[6]!, words[7]!);
  if (a === 0x64 && b === 0xff9b && isZero(2, 6)) return dotted(words[6]!, words[7]!);
  if (a === 0x2002) return dotted(b, c);
  return address;
}

/** Ranges to look addresses up in. @throws RangeError for what is no CIDR range */
export function rangesOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/');
    const family = isIPv4(network) ? 'ipv4' : isIPv6(network) ? 'ipv6' : undefined;
    const bitsMax = family === 'ipv4' ? 32 : 128;
    if (!family || !/^\d{1,3}$/.test(bits) || Number(bits) > bitsMax) {
      throw new RangeError('not a CIDR range');
    }
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}

/** @param address as `unwrapAddress` gives it */
export function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** The eight words of an IPv6 address, in whichever way it is spelt. */
function wordsOf(address: string): number[] {
  // the URL parser spells an address with hexadecimal words only
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const parse = (part: string) =>
    part
      .split(':')
      .filter(Boolean)
      .map((word) => parseInt(word, 16));
  const before = parse(head);
  if (tail === undefined) return before;
  const after = parse(tail);
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
