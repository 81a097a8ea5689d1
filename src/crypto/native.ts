/**
 * Node's own crypto where there is one. Fetched at run time instead of imported, so that the files
 * `ledger/verify` needs load unchanged in a browser.
 */
export const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

export type NodeCrypto = NonNullable<typeof nodeCrypto>;

/** The same for code that holds private keys and therefore runs in Node only. */
export function requireNodeCrypto(): NodeCrypto {
  if (nodeCrypto === undefined) throw new Error('this operation needs Node.js');
  return nodeCrypto;
}
