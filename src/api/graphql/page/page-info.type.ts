import { Field, ObjectType } from 'type-graphql';
import type { Page } from '../../../query/page.js';
import { Rule } from '../rule.js';

@Rule('frame')
@ObjectType('PageInfo', {
  description: 'Where a page stands in the list it is taken from.',
  simpleResolvers: true,
})
export class PageInfoType {
  @Field(() => Boolean, { description: 'There is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'This page was asked for with a cursor, so something stands before it.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first node; null when the page is empty.',
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last node, to be given as `after`; null when the page is empty.',
  })
  endCursor!: string | null;
}

export function formatPageInfo<T>({
  nodes,
  hasNext,
  hasPrevious,
  cursorOf,
}: Page<T>): PageInfoType {
  const [first] = nodes;
  const last = nodes.at(-1);
  return {
    hasNextPage: hasNext,
    hasPreviousPage: hasPrevious,
    startCursor: first === undefined ? null : cursorOf(first),
    endCursor: last === undefined ? null : cursorOf(last),
  };
}
