import { createHeliaLight } from 'helia';
import type { LevelBlockstore } from './level-blockstore.js';

export type Helia = ReturnType<typeof createHeliaLight>;

/**
 * Helia over our own durable blocks, and nothing else: no public routers, HTTP gateways, bootstrap peers
 * or block brokers, any of which would tell strangers what this node holds.
 * Helia's pins and `gc()` are not used: both can drop a block that a ledger entry still names.
 */
export async function startHelia(blockstore: LevelBlockstore): Promise<Helia> {
  const helia = createHeliaLight({ blockstore, blockBrokers: [], routers: [] });
  await helia.start();
  return helia;
}
