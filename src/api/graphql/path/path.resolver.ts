import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { findPaths, type PathResultView } from '../../../query/path.js';
import type { ApiContext } from '../context.js';
import { pathCost } from '../limit/cost.js';
import { PathResultType } from './path.type.js';
import { Rule } from '../rule.js';

@Resolver()
export class PathResolver {
  @Rule('lineage.read')
  @Query(() => PathResultType, {
    complexity: pathCost,
    description: 'The shortest chains of relations from a derived record to a source of it.',
  })
  paths(
    @Ctx() { reader }: ApiContext,
    @Arg('from', () => ID, { description: 'The derived record: its id, its CID or its rid.' })
    from: string,
    @Arg('to', () => ID, { description: 'The source: its id, its CID or its rid.' }) to: string,
    @Arg('k', () => Int, {
      nullable: true,
      defaultValue: 1,
      description: 'How many paths, from 1 to 20.',
    })
    k?: number,
    @Arg('maxLength', () => Int, {
      nullable: true,
      defaultValue: 10,
      description: 'How many relations a path may have, from 1 to 50.',
    })
    maxLength?: number,
  ): Promise<PathResultView> {
    return findPaths(reader, { from, to, k, maxLength });
  }
}
