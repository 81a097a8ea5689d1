/** Where the newest version of a record stands. */
export interface NewestPlace {
  ver: number;
  seq: number;
}

interface Search {
  rid: string;
  probe: number;
  /** The highest version found. */
  found?: NewestPlace;
  /** The lowest version known to be missing. */
  missing?: number;
}

/**
 * Finds the newest version of each record by the nonces its versions must have: versions are stated one after the other,
 * so that doubling and then halving finds the last of n in 2 log n look-ups; a new record takes one, all of them together.
 *
 * @param used for each nonce: the position it was used at, if it was
 */
export async function findNewest(
  rids: readonly string[],
  nonceOf: (rid: string, ver: number) => string,
  used: (nonces: string[]) => Promise<(number | undefined)[]>,
): Promise<Map<string, NewestPlace>> {
  const newest = new Map<string, NewestPlace>();
  let open: Search[] = rids.map((rid) => ({ rid, probe: 1 }));
  while (open.length > 0) {
    const seqs = await used(open.map(({ rid, probe }) => nonceOf(rid, probe)));
    open = open.filter((search, i) => {
      const isOpen = narrow(search, seqs[i]);
      if (!isOpen && search.found) newest.set(search.rid, search.found);
      return isOpen;
    });
  }
  return newest;
}

/** False when the search is over. */
function narrow(search: Search, seq: number | undefined): boolean {
  if (seq === undefined) search.missing = search.probe;
  else search.found = { ver: search.probe, seq };
  const { found: { ver } = { ver: 0 }, missing } = search;
  search.probe = missing === undefined ? ver * 2 : Math.floor((ver + missing) / 2);
  return search.probe > ver;
}
