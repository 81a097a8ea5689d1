import { Ctx, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { ViewerType } from './viewer.type.js';

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who is asking, as the access token says.' })
  viewer(@Ctx() { viewer }: ApiContext): ViewerType {
    return viewer;
  }
}
