import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import {
  fieldExtensionsEstimator,
  getComplexity,
  simpleEstimator,
  type ComplexityEstimatorArgs,
} from 'graphql-query-complexity';
import { LruMap } from '../../../crypto/lru.js';
import { AppError } from '../../../error.js';
import { DEFAULT_LIMITS } from '../../../query/limit.js';
import { toGraphQLError } from '../error.js';

/** One point is a value answered from memory; what opens a record or walks an index says so on its field. */
const ESTIMATORS = [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];

/**
 * What an operation may cost at most, before it runs.
 *
 * @throws GraphQLError QUERY_TOO_COMPLEX over the limit, BAD_USER_INPUT for variables of the wrong shape
 */
export function checkCost(operation: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  costMax: number;
}): number {
  const cost = knownCostOf(operation);
  if (cost <= operation.costMax) return cost;
  throw toGraphQLError(
    new AppError('QUERY_TOO_COMPLEX', `the query may cost ${operation.costMax} at most`, {
      hint: 'ask for smaller pages, fewer fields or fewer nodes',
      limit: operation.costMax,
      cost,
    }),
  );
}

type Counted = Parameters<typeof checkCost>[0];

/** What documents asked again and again cost, by operation and variables. */
const known = new WeakMap<DocumentNode, LruMap<string, number>>();
const KNOWN_MAX = 64;
const KEY_LENGTH_MAX = 512;

/** Numbers, flags and the length of lists bear on what an operation costs; what a text says does not. */
function knownCostOf(operation: Counted): number {
  const { document, operationName = '', variables } = operation;
  const withoutText = (_: string, value: unknown) => (typeof value === 'string' ? '' : value);
  const key = `${operationName} ${JSON.stringify(variables, withoutText)}`;
  if (key.length > KEY_LENGTH_MAX) return costOf(operation);
  const costs = known.get(document) ?? new LruMap<string, number>(KNOWN_MAX);
  known.set(document, costs);
  const cost = costs.get(key) ?? costOf(operation);
  costs.set(key, cost);
  return cost;
}

function costOf({ schema, document, operationName, variables }: Counted): number {
  try {
    return getComplexity({
      schema,
      query: document,
      ...(operationName ? { operationName } : {}),
      variables: variables ?? {},
      estimators: ESTIMATORS,
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, {
      nodes: error.nodes,
      originalError: error.originalError,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
}

/** A connection costs its page: `first` times what is asked of each node, and one look-up. */
export function pageCost(lookUp: number) {
  return ({ args, childComplexity }: ComplexityEstimatorArgs): number =>
    lookUp + within(args['first'], DEFAULT_LIMITS.firstMax) * Math.max(1, childComplexity);
}

/** A list that comes whole costs what is asked of so many: about as many as it has where somebody means harm. */
export function listCost(many: number) {
  return ({ childComplexity }: ComplexityEstimatorArgs): number => 1 + many * childComplexity;
}

/** A list asked for by id costs what is asked of each of them. */
export function idsCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const ids: unknown = args['ids'];
  return within(Array.isArray(ids) ? ids.length : 1, DEFAULT_LIMITS.idsMax) * (childComplexity + 5);
}

/**
 * Lineage answers nodes and edges from memory, as plain values: twenty of them cost what one value of a page does.
 */
export function lineageCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const { nodesMax } = (args['input'] ?? {}) as { nodesMax?: unknown };
  const nodes = within(nodesMax, DEFAULT_LIMITS.lineageNodesMax);
  return 10 + Math.ceil((nodes * childComplexity) / 20);
}

/** Paths cost their number times half their greatest length. */
export function pathCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const k = within(args['k'], DEFAULT_LIMITS.pathsMax);
  const length = within(args['maxLength'], DEFAULT_LIMITS.pathLengthMax);
  return 10 + Math.ceil((k * length * childComplexity) / 2);
}

/** Nothing to be gained by a number that is refused anyway, or by a negative one. */
function within(value: unknown, max: number): number {
  return typeof value === 'number' && value >= 1 ? Math.min(value, max) : max;
}
