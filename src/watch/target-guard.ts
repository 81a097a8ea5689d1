import { AppError } from '../error.js';
import { classifyAddress } from './address-class.js';
import type { AllowList } from './allow-list.js';
import type { ResolveHost } from './resolve-host.js';
import { isWebPort, parseWebhookUrl, refuse, type WebhookUrl } from './webhook-url.js';

/** What may be called: the address, and where a connection for it may go. */
export interface Target {
  url: WebhookUrl;
  /** IP addresses, at least one; each was checked. */
  addresses: string[];
}

/**
 * Keeps callers from making this node call what they could not reach themselves (SSRF). Asked when somebody subscribes and
 * again for each connection, which then goes to the addresses that were checked and no other: a name that resolves to
 * something else a moment later gains nothing.
 */
export class TargetGuard {
  constructor(
    private readonly allowed: AllowList,
    private readonly resolve: ResolveHost,
  ) {}

  /**
   * Whatever stands behind a name that is refused, the answer is the same: it would tell of networks the caller cannot see.
   *
   * @throws AppError BAD_USER_INPUT
   */
  async check(text: string): Promise<Target> {
    const url = parseWebhookUrl(text);
    const isHost = this.allowed.hasHost(url.hostname);
    const addresses = url.isAddress ? [url.hostname] : await this.resolve(url.hostname, isHost);
    const isListed = addresses.every((address) => isHost || this.allowed.hasAddress(address));
    if (addresses.length === 0) throw refuseHost();
    if (!addresses.every((address) => this.mayCall(address, isHost))) throw refuseHost();
    if (!url.isSecure && !isListed) throw refuse('begins with https://');
    if (!isWebPort(url) && !isListed) throw refuse('has port 443, or one from 1024 on');
    return { url, addresses };
  }

  private mayCall(address: string, isHost: boolean): boolean {
    if (this.allowed.hasAddress(address)) return true;
    const found = classifyAddress(address);
    return found === 'PUBLIC' || (isHost && found === 'PRIVATE');
  }
}

function refuseHost(): AppError {
  return refuse(
    'names a host that cannot be called from here',
    'give a public host; the operator can allow hosts of a private network (webhookHosts)',
  );
}
