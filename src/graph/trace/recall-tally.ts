import type { SharedState } from './recall-history.js';
import {
  bucketOf,
  RECALL_BUCKETS,
  type RecallBucket,
  type RecallCounts,
  type RecallGroup,
} from './recall.js';

/** Sites, organisations, products listed in one report, of each. */
const GROUPS_MAX = 1_000;

/** Groups held while counting; where there are more, those with the fewest units are given up. */
const HELD_MAX = 50_000;
const KEPT = 10_000;

type NameOf = (id: string) => string | undefined;

/** Counts units; each is in one bucket, and in one group of each kind, if only in that of the unknown. */
export class RecallTally {
  readonly counts = emptyCounts();
  recalled = 0;
  private readonly sites = new GroupTally();
  private readonly custodians = new GroupTally();
  private readonly owners = new GroupTally();
  private readonly products = new GroupTally();

  add({ status, site, custodian, owner, isRecalled }: SharedState, product: string): void {
    const bucket = bucketOf(status);
    count(this.counts, bucket);
    this.sites.add(site, bucket);
    this.custodians.add(custodian, bucket);
    this.owners.add(owner, bucket);
    this.products.add(product, bucket);
    if (isRecalled) this.recalled++;
  }

  /** Most units first. */
  groups(nameOfPlace: NameOf, nameOfProduct: NameOf) {
    return {
      bySite: this.sites.list(nameOfPlace),
      byCustodian: this.custodians.list(nameOfPlace),
      byOwner: this.owners.list(nameOfPlace),
      byProduct: this.products.list(nameOfProduct),
    };
  }

  /** Whether all groups are listed. */
  get areAllListed(): boolean {
    const tallies = [this.sites, this.custodians, this.owners, this.products];
    return tallies.every(({ size }) => size <= GROUPS_MAX);
  }
}

class GroupTally {
  private readonly groups = new Map<string | undefined, RecallCounts>();

  get size(): number {
    return this.groups.size;
  }

  add(id: string | undefined, bucket: RecallBucket): void {
    let counts = this.groups.get(id);
    if (!counts) {
      if (this.groups.size === HELD_MAX) this.giveUpSmall();
      this.groups.set(id, (counts = emptyCounts()));
    }
    count(counts, bucket);
  }

  /** What is left is still more than is listed: the list is known not to be all. */
  private giveUpSmall(): void {
    const largest = [...this.groups].sort(byUnits).slice(0, KEPT);
    this.groups.clear();
    for (const [id, counts] of largest) this.groups.set(id, counts);
  }

  list(nameOf: NameOf): RecallGroup[] {
    const groups = [...this.groups].sort(byUnits);
    return groups.slice(0, GROUPS_MAX).map(([id, counts]) => ({
      id: id ?? null,
      name: (id === undefined ? undefined : nameOf(id)) ?? null,
      counts,
    }));
  }
}

type Group = [id: string | undefined, counts: RecallCounts];

function byUnits([a = '', one]: Group, [b = '', other]: Group): number {
  return other.total - one.total || compareTexts(a, b);
}

function emptyCounts(): RecallCounts {
  const buckets = Object.fromEntries(RECALL_BUCKETS.map((bucket) => [bucket, 0]));
  return { ...(buckets as Record<RecallBucket, number>), total: 0 };
}

function count(counts: RecallCounts, bucket: RecallBucket): void {
  counts[bucket]++;
  counts.total++;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
