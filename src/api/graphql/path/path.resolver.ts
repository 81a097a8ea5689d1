import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { findPaths, type PathResultView } from '../../../query/path.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { RelationEnum } from '../enum/lineage.enum.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { pathCost } from '../limit/cost.js';
import { PathResultType } from './path.type.js';
import { Rule } from '../rule.js';

@Resolver()
export class PathResolver {
  @Rule('lineage.read')
  @Query(() => PathResultType, {
    complexity: pathCost,
    description:
      'The shortest chains of relations between two records or things, either of which may come from the other. NOT_FOUND when there is none such this viewer may know of.',
  })
  paths(
    @Ctx() { reader }: ApiContext,
    @Arg('from', () => ID, {
      description:
        'Where to begin: the id, CID or rid of a record, or the EPC URN or Digital Link of a thing.',
    })
    from: string,
    @Arg('to', () => ID, {
      description:
        'Where to end: the id, CID or rid of a record, or the EPC URN or Digital Link of a thing.',
    })
    to: string,
    @Arg('k', () => Int, {
      nullable: true,
      defaultValue: 1,
      description: 'How many paths, from 1 to 20.',
    })
    k?: number,
    @Arg('maxLength', () => Int, {
      nullable: true,
      defaultValue: 10,
      description: 'How many steps a path may have, from 1 to 50.',
    })
    maxLength?: number,
    @Arg('relations', () => [RelationEnum], {
      nullable: true,
      description: 'Relations to follow; all but refersTo when left out.',
    })
    relations?: RelationEnum[],
    @Arg('knownAt', () => SeqScalar, {
      nullable: true,
      description: 'Only what was known when the log ended with this position.',
    })
    knownAt?: number,
    @Arg('asOf', () => DateTimeScalar, {
      nullable: true,
      description:
        'As it was at that time: over nothing that had not happened yet, and no membership or attribution that did not hold.',
    })
    asOf?: number,
  ): Promise<PathResultView> {
    return findPaths(reader, dropNulls({ from, to, k, maxLength, relations, knownAt, asOf }));
  }
}
