import { Field, ObjectType } from 'type-graphql';

@ObjectType('Viewer', {
  description: 'Who is asking, as the access token says.',
  simpleResolvers: true,
})
export class ViewerType {
  @Field(() => String, { description: 'Subject of the token; empty for a caller without one.' })
  subject!: string;
}
