import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { findPaths, type PathResultView } from '../../../query/path.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { pathCost } from '../limit/cost.js';
import { PathResultType } from './path.type.js';
import { Rule } from '../rule.js';

@Resolver()
export class PathResolver {
  @Rule('lineage.read')
  @Query(() => PathResultType, {
    complexity: pathCost,
    description:
      'The shortest chains of relations between two records, either of which may come from the other. NOT_FOUND when there is no such record this viewer may know of.',
  })
  paths(
    @Ctx() { reader }: ApiContext,
    @Arg('from', () => ID, { description: 'Where to begin: the id, CID or rid of a record.' })
    from: string,
    @Arg('to', () => ID, { description: 'Where to end: the id, CID or rid of a record.' })
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
  ): Promise<PathResultView> {
    return findPaths(reader, dropNulls({ from, to, k, maxLength }));
  }
}
