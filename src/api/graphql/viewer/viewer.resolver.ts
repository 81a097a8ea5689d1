import { Ctx, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { ViewerType } from './viewer.type.js';
import { Rule } from '../rule.js';

@Resolver()
export class ViewerResolver {
  @Rule('own')
  @Query(() => ViewerType, { description: 'Who is asking, as the access token says.' })
  viewer(@Ctx() { viewer }: ApiContext): ViewerType {
    return viewer;
  }
}
