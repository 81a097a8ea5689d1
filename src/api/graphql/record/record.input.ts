import { Field, ID, InputType } from 'type-graphql';
import { RecordClassEnum } from '../enum/record.enum.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@InputType('RecordAddress', {
  description: 'Names one record version. A rid means its latest version.',
})
export class RecordAddressInput {
  @Field(() => ID, { nullable: true, description: 'The global id of a Record.' })
  id?: string;

  @Field(() => CidScalar, { nullable: true, description: 'The CID of its sealed block.' })
  cid?: string;

  @Field(() => ID, { nullable: true, description: 'The rid: its latest version.' })
  rid?: string;

  @Field(() => SeqScalar, { nullable: true, description: 'The position of its entry in the log.' })
  seq?: number;
}

@InputType('IdentifierInput', { description: 'A name for a thing outside, to look records up by.' })
export class IdentifierInput {
  @Field(() => String, { nullable: true, description: 'Whose naming it is; without it, any.' })
  system?: string;

  @Field(() => String, { description: 'The name itself, spelt exactly.' })
  value!: string;
}

@InputType('RecordFilter', {
  description: 'Which records are meant: those that satisfy all of these.',
})
export class RecordFilterInput {
  @Field(() => RecordClassEnum, { nullable: true, description: 'Of this class.' })
  class?: RecordClassEnum;

  @Field(() => String, {
    nullable: true,
    description: 'Of this type, like "Claim" or "ObjectEvent".',
  })
  type?: string;

  @Field(() => String, { nullable: true, description: 'Signed by the author with this key id.' })
  author?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Captured at this time or later.' })
  capturedFrom?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Captured before this time.' })
  capturedBefore?: number;

  @Field(() => IdentifierInput, {
    nullable: true,
    description: 'Naming this identifier. Finds only records whose content the viewer may read.',
  })
  identifier?: IdentifierInput;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Leave out versions that have a later one.',
  })
  latestOnly!: boolean;
}
