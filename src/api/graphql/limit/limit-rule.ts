import type { ASTVisitor, DocumentNode, ValidationContext, ValidationRule } from 'graphql';
import { AppError } from '../../../error.js';
import type { Limits } from '../../../query/limit.js';
import { toGraphQLError } from '../error.js';
import { measureDocument, type Measure } from './measure.js';

/** Errors answered for one document; more would only repeat themselves. */
export const VALIDATION_ERRORS_MAX = 20;

/**
 * Bounds a document before it is validated: checking that fields may be merged takes time that grows with
 * the square of their number. All rules walk the document together, so the one way to spare it to the others
 * is to leave them nothing to walk.
 */
export function limitRule(limits: Limits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document: {
      enter(document: DocumentNode) {
        const error = findExcess(measureDocument(document), limits);
        if (!error) return;
        context.reportError(toGraphQLError(error));
        Object.assign(document, { definitions: [] });
      },
    },
  });
}

function findExcess(measure: Measure, limits: Limits): AppError | undefined {
  const bounds: [keyof Measure, number, string][] = [
    ['depth', limits.depthMax, 'levels of nesting'],
    ['introspectionDepth', limits.introspectionDepthMax, 'levels of nesting in introspection'],
    ['aliases', limits.aliasesMax, 'aliases'],
    ['fields', limits.fieldsMax, 'fields'],
    ['directives', limits.directivesMax, 'directives'],
  ];
  const exceeded = bounds.find(([name, limit]) => measure[name] > limit);
  if (!exceeded) return undefined;
  const [, limit, noun] = exceeded;
  return new AppError('QUERY_TOO_COMPLEX', `a query may have at most ${limit} ${noun}`, {
    hint: 'ask in several requests',
    limit,
  });
}
