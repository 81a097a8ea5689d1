import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { recordAt } from '../../../query/event.js';
import type { RecordView } from '../../../query/record.js';
import type { ApiContext } from '../context.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { ItemEvidenceType } from './evidence.type.js';

@Resolver(() => ItemEvidenceType)
export class ItemEvidenceResolver {
  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    complexity: 5,
    description: 'Its record, with content, entry and proof.',
  })
  record(@Root() { seq }: ItemEvidenceType, @Ctx() { reader }: ApiContext): Promise<RecordView> {
    return recordAt(reader, seq);
  }
}
