/**
 * A graph of which both engines hold the same: cohorts of a thousand and of ten thousand records, each hanging together
 * like the visits behind a bill (a binary tree of sources with as many shortcuts), scattered over the whole log as such
 * records are; then one diamond of 20 storeys, and one cycle. An edge leads from a record to an earlier one, but in the cycle.
 */
export interface GraphPlan {
  medium: { cohorts: number; size: number };
  large: { cohorts: number; size: number };
  storeys: number;
  cycle: number;
}

export const WHOLE: GraphPlan = {
  medium: { cohorts: 4_450, size: 1_000 },
  large: { cohorts: 10, size: 10_000 },
  storeys: 20,
  cycle: 1_000_000,
};

export const QUICK: GraphPlan = {
  medium: { cohorts: 10, size: 1_000 },
  large: { cohorts: 1, size: 10_000 },
  storeys: 20,
  cycle: 10_000,
};

/** Where each part begins in the log. */
export interface GraphLayout {
  mediumFrom: number;
  largeFrom: number;
  diamondFrom: number;
  cycleFrom: number;
  size: number;
}

export function layOut({ medium, large, storeys, cycle }: GraphPlan): GraphLayout {
  const mediumFrom = 0;
  const largeFrom = mediumFrom + medium.cohorts * medium.size;
  const diamondFrom = largeFrom + large.cohorts * large.size;
  const cycleFrom = diamondFrom + 2 + storeys * 2;
  return { mediumFrom, largeFrom, diamondFrom, cycleFrom, size: cycleFrom + cycle };
}

/** The record from which all of a cohort is upstream: its last. */
export function rootOf(plan: GraphPlan, part: 'medium' | 'large', cohort: number): number {
  const { cohorts, size } = plan[part];
  const from = layOut(plan)[part === 'medium' ? 'mediumFrom' : 'largeFrom'];
  return from + (size - 1) * cohorts + cohort;
}

/** The last record of the diamond, from which 2^storeys paths lead to its first. */
export function diamondOf(plan: GraphPlan): { root: number; source: number } {
  const { diamondFrom, cycleFrom } = layOut(plan);
  return { root: cycleFrom - 1, source: diamondFrom };
}

/** Sources of each record, in the order of the log. */
export function* edgesOf(plan: GraphPlan): Generator<[src: number, dsts: number[]]> {
  const layout = layOut(plan);
  yield* cohortEdges(layout.mediumFrom, plan.medium);
  yield* cohortEdges(layout.largeFrom, plan.large);
  const { diamondFrom, cycleFrom, size } = layout;
  for (let seq = diamondFrom + 1; seq < cycleFrom; seq++) {
    const storey = Math.ceil((seq - diamondFrom) / 2);
    // two rooms a storey, each above both of the storey below; the last room stands above them all
    const below = diamondFrom + (storey - 1) * 2;
    yield [seq, storey === 1 ? [diamondFrom] : [below - 1, below]];
  }
  for (let seq = cycleFrom; seq < size; seq++)
    yield [seq, [seq === cycleFrom ? size - 1 : seq - 1]];
}

function* cohortEdges(
  from: number,
  { cohorts, size }: { cohorts: number; size: number },
): Generator<[number, number[]]> {
  for (let i = 0; i < size; i++) {
    // counted from the root, which is the last of its cohort
    const place = size - 1 - i;
    const tree = [2 * place + 1, 2 * place + 2].filter((other) => other < size);
    const shortcut = place + 1 + Math.floor((size - place) / 3);
    const others = [...tree, ...(shortcut < size && !tree.includes(shortcut) ? [shortcut] : [])];
    for (let cohort = 0; cohort < cohorts; cohort++) {
      const seqs = others.map((other) => from + (size - 1 - other) * cohorts + cohort);
      yield [from + i * cohorts + cohort, seqs.sort((a, b) => a - b)];
    }
  }
}
