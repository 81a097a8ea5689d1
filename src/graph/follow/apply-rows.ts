import { isAppError } from '../../error.js';
import type { Logger } from '../../log.js';
import { describeFault } from '../fault.js';
import type { Graph } from '../graph.js';
import type { IndexRow } from '../row.js';

/**
 * Applies rows. One that the index itself cannot take, through a fault of ours, is applied without its content: no
 * record can hold up the others.
 *
 * @returns the new cursor
 * @throws AppError of Graph.apply
 */
export async function applyRows(graph: Graph, rows: IndexRow[], logger: Logger): Promise<number> {
  try {
    return await graph.apply(rows);
  } catch (error) {
    if (isAppError(error) && error.code !== 'INTERNAL') throw error;
    const [first] = rows;
    if (rows.length > 1) {
      const middle = Math.ceil(rows.length / 2);
      await applyRows(graph, rows.slice(0, middle), logger);
      return applyRows(graph, rows.slice(middle), logger);
    }
    if (!first?.extractText) throw error;
    logger.error({ ...describeFault(error), seq: first.seq }, 'a record cannot be indexed');
    return graph.apply([{ ...first, state: 'UNAVAILABLE', extractText: undefined }]);
  }
}
