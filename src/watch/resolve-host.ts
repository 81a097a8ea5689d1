import { lookup, Resolver } from 'node:dns/promises';

/** The addresses of a host name; none when it has none. */
export type ResolveHost = (hostname: string, isOurs: boolean) => Promise<string[]>;

const TIMEOUT_MS = 2_000;
const TRIES = 2;

/**
 * Asks the name servers. A name of the operator's own is asked of the system, which knows host files and search domains; a
 * stranger's is not, because that takes a thread of the pool for as long as the stranger's name server pleases.
 */
export const resolveHost: ResolveHost = async (hostname, isOurs) => {
  if (isOurs) {
    const found = await lookup(hostname, { all: true }).catch(() => []);
    return found.map(({ address }) => address);
  }
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  const none = (): string[] => [];
  const found = await Promise.all([
    resolver.resolve4(hostname).catch(none),
    resolver.resolve6(hostname).catch(none),
  ]);
  return found.flat();
};
