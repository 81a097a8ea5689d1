import { Field, ID, InterfaceType } from 'type-graphql';
import { parseGlobalId } from '../../../query/global-id.js';

@InterfaceType('Node', {
  description: 'Anything with an id of its own.',
  resolveType: ({ id }: { id: string }) => parseGlobalId(id)?.kind,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque and lasting; give it to `node` to find this again.' })
  id!: string;
}
