import type { DatabaseSync } from 'node:sqlite';
import { LruMap } from '../../crypto/lru.js';
import { JOURNEY_MAX_MS } from '../trace/journey.js';
import { PlaceReader, type Place } from '../trace/place-reader.js';
import type { TraceEvent } from '../trace/trace-event.js';
import { isSeenApart } from './apartness.js';
import type { BeginningTable } from './beginning-table.js';
import { formsPrefix } from './company-prefix.js';
import type { ContentsReader } from './contents-reader.js';
import { findCustodyGaps } from './custody-gap.js';
import { findDoubleOwnership } from './double-ownership.js';
import { findDuplicates } from './duplicate-serial.js';
import type { EventCache } from './event-cache.js';
import { findExcursions } from './excursion.js';
import { findImpossibleTravel } from './impossible-travel.js';
import { InheritedReader } from './inherited-reader.js';
import type { OwnHistory } from './own-reader.js';
import type { Stay } from './packing-facts.js';
import type { ReadingTable } from './reading-table.js';
import { findReparentings, type Reparenting } from './reparented.js';
import { spotAt } from './spot.js';
import { isBeginning, isCommissioning, mergeSuspicions, type Suspicion } from './suspicion.js';
import type { Watch } from './watch-table.js';

/** What is known of an item. */
export interface Dossier {
  history: OwnHistory;
  stays: readonly Stay[];
  reparentings: readonly Reparenting[];
}

const PLACES_KEPT = 10_000;
const NOWHERE: ReadonlyMap<number, number> = new Map();

/** Works out the alerts of one item, from what the tables say at the time. */
export class Examiner {
  private readonly inherited: InheritedReader;
  private readonly places: PlaceReader;
  private placesRead = new LruMap<string, Place | null>(PLACES_KEPT);

  constructor(
    database: DatabaseSync,
    events: EventCache,
    private readonly tables: {
      contents: ContentsReader;
      beginnings: BeginningTable;
      readings: ReadingTable;
    },
  ) {
    this.inherited = new InheritedReader(database, events);
    this.places = new PlaceReader(database);
  }

  /** @param watch takes what else the answer depends on */
  examine(dossier: Dossier, watch: Watch): Suspicion[] {
    const { history, stays, reparentings } = dossier;
    const { item, entries: own } = history;
    const isApart = isSeenApart(own, stays);
    const { entries, containers } = isApart
      ? this.inherited.load(history)
      : { entries: own, containers: NOWHERE };
    for (const [container, until] of containers) watch.add(container, 'EVENTS', until);
    const { readings } = this.tables;
    return mergeSuspicions([
      ...this.findDuplicates(history, watch),
      ...findImpossibleTravel(
        entries,
        ({ event }) => spotAt(event, (location) => this.placeOf(location)),
        (seq, container) => this.inherited.names(seq, container),
      ),
      ...findCustodyGaps(entries, (shipping) => this.areContentsSeen(item, shipping, watch)),
      ...findDoubleOwnership(entries),
      ...findExcursions(own, (event) => readings.rangesOf(item, event, watch)),
      ...findReparentings(reparentings),
    ]);
  }

  /** Forgets what it has read. */
  clear(): void {
    this.placesRead = new LruMap(PLACES_KEPT);
    this.inherited.clear();
  }

  private findDuplicates({ entries, gtin }: OwnHistory, watch: Watch): Suspicion[] {
    const siblings = gtin ? this.tables.beginnings.siblings(gtin.id) : {};
    if (gtin && entries.length > 0) {
      const isForeign = entries.some(
        (entry) => isCommissioning(entry) && formsPrefix(gtin.text, entry.event) === false,
      );
      if (isForeign || !entries.some(isBeginning)) watch.add(gtin.id, 'SIBLINGS');
    }
    return findDuplicates(entries, gtin?.text, siblings);
  }

  /** Once something of it has been found, only that has to be watched. */
  private areContentsSeen(item: number, shipping: TraceEvent, watch: Watch): boolean {
    const arrived = this.tables.contents.findArrival(item, shipping);
    const until = shipping.time + JOURNEY_MAX_MS;
    if (!arrived) watch.add(item, 'CONTENTS', until);
    for (const thing of arrived ?? []) watch.add(thing, 'EVENTS', until);
    return arrived !== undefined;
  }

  private placeOf(location: string): Place | undefined {
    const known = this.placesRead.get(location);
    if (known !== undefined) return known ?? undefined;
    const place = this.places.place(location);
    this.placesRead.set(location, place ?? null);
    return place;
  }
}
