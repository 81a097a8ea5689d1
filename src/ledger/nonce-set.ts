/**
 * The nonces each author has used. Sharded by first character: one Set ends at 2^24 members, and a log may be
 * longer than that.
 */
export class NonceSet {
  private readonly shards = new Map<string, Set<string>>();

  /** False when the author has used the nonce before. */
  add(author: string, nonce: string): boolean {
    const name = author + nonce.charAt(0);
    let shard = this.shards.get(name);
    if (shard === undefined) this.shards.set(name, (shard = new Set()));
    const before = shard.size;
    return shard.add(nonce).size > before;
  }
}
