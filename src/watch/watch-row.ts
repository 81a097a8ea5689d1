import { concat, fromBase64url, fromUtf8, utf8 } from '../crypto/bytes.js';
import { hmacSha256 } from '../crypto/digest.js';
import type { RandomBytes } from '../crypto/random.js';
import { ValueSeal } from '../crypto/value-seal.js';
import { AppError } from '../error.js';
import type { LevelWrite } from '../level.js';
import type { DeadLetter, QuerySubscription } from './query-subscription.js';
import { keyOf, type Principal } from './principal.js';
import type { SavedQuery } from './saved-query.js';

const KIND = { query: 1, subscription: 2, letter: 3 } as const;
const NAME_BYTES = 16;

/**
 * How saved queries lie on disk, with nothing readable: names, addresses, secrets and filters tell who looks for what.
 *
 *     01 HMAC(owner, name)     -> sealed SavedQuery
 *     02 id                    -> sealed QuerySubscription
 *     03 id from               -> sealed DeadLetter
 */
export class WatchRows {
  private readonly values: ValueSeal;
  private readonly nameKey: Uint8Array;

  /** @param master 32 bytes */
  constructor(master: Uint8Array, randomBytes: RandomBytes) {
    this.values = new ValueSeal(hmacSha256(master, utf8('provtrail/watch/seal/v1')), randomBytes);
    this.nameKey = hmacSha256(master, utf8('provtrail/watch/name/v1'));
  }

  putQuery(query: SavedQuery): LevelWrite {
    return this.put(this.queryKey(query.owner, query.name), query);
  }

  deleteQuery(owner: Principal, name: string): LevelWrite {
    return { type: 'del', key: this.queryKey(owner, name) };
  }

  putSubscription(subscription: QuerySubscription): LevelWrite {
    return this.put(subscriptionKey(subscription.id), subscription);
  }

  deleteSubscription(id: string): LevelWrite {
    return { type: 'del', key: subscriptionKey(id) };
  }

  putLetter(letter: DeadLetter): LevelWrite {
    return this.put(letterKey(letter), letter);
  }

  deleteLetter(letter: DeadLetter): LevelWrite {
    return { type: 'del', key: letterKey(letter) };
  }

  /** @throws AppError STORE_FAILED */
  open(key: Uint8Array, value: Uint8Array): Row {
    const stored = this.read(key, value);
    if (key[0] === KIND.query) return { kind: 'QUERY', query: stored as SavedQuery };
    if (key[0] === KIND.letter) return { kind: 'LETTER', letter: stored as DeadLetter };
    return { kind: 'SUBSCRIPTION', subscription: stored as QuerySubscription };
  }

  private put(key: Uint8Array, stored: object): LevelWrite {
    return { type: 'put', key, value: this.values.seal(key, utf8(JSON.stringify(stored))) };
  }

  private read(key: Uint8Array, value: Uint8Array): unknown {
    try {
      return JSON.parse(fromUtf8(this.values.open(key, value)));
    } catch (error) {
      const message = 'a saved query or subscription is damaged';
      throw new AppError('STORE_FAILED', message, {}, { cause: error });
    }
  }

  private queryKey(owner: Principal, name: string): Uint8Array {
    const whole = utf8(JSON.stringify([keyOf(owner), name]));
    const tag = hmacSha256(this.nameKey, whole).subarray(0, NAME_BYTES);
    return concat(Uint8Array.of(KIND.query), tag);
  }
}

export type Row =
  | { kind: 'QUERY'; query: SavedQuery }
  | { kind: 'SUBSCRIPTION'; subscription: QuerySubscription }
  | { kind: 'LETTER'; letter: DeadLetter };

function subscriptionKey(id: string): Uint8Array {
  return concat(Uint8Array.of(KIND.subscription), fromBase64url(id));
}

function letterKey({ subscriptionId, from }: DeadLetter): Uint8Array {
  const position = new Uint8Array(8);
  new DataView(position.buffer).setBigUint64(0, BigInt(from));
  return concat(Uint8Array.of(KIND.letter), fromBase64url(subscriptionId), position);
}
