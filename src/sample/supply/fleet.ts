import { HOUR_MS } from './clock.js';
import { distanceKm } from './distance.js';
import { giai } from './epc.js';
import { organisationsOf, type Organisation } from './organisation.js';

/** Empty lorries drive no faster than this. */
const SPEED_KMH = 50;
const TURNAROUND_MS = 2 * HOUR_MS;

export interface Lorry {
  epc: string;
  place: Organisation;
  /** When it stood empty at that place, ms since the epoch. */
  freeAt: number;
}

/** The lorries of a region's carrier. One goes where it can get in time; when none can, there is one more. */
export class Fleet {
  private readonly lorries: Lorry[] = [];

  /** A lorry that stands at the place at that time, empty. It is nobody else's until it is parked. */
  hire(place: Organisation, time: number): Lorry {
    const free = this.lorries.find((lorry) => arrivesBy(lorry, place, time));
    const lorry = free ?? this.buy(place);
    lorry.freeAt = Infinity;
    return lorry;
  }

  park(lorry: Lorry, place: Organisation, time: number): void {
    lorry.place = place;
    lorry.freeAt = time;
  }

  private buy(place: Organisation): Lorry {
    const [carrier] = organisationsOf(place.region, 'logistics');
    const number = String(this.lorries.length + 1).padStart(6, '0');
    const lorry = { epc: giai(carrier.companyPrefix, `TRUCK${number}`), place, freeAt: Infinity };
    this.lorries.push(lorry);
    return lorry;
  }
}

function arrivesBy({ place: from, freeAt }: Lorry, place: Organisation, time: number): boolean {
  if (freeAt >= time || from.region !== place.region) return false;
  return freeAt + TURNAROUND_MS + (distanceKm(from, place) / SPEED_KMH) * HOUR_MS < time;
}
