import { Field, InputType } from 'type-graphql';
import { EventFilterInput } from '../event/event.input.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@InputType('SaveQueryInput', { description: 'A question to be kept by a name.' })
export class SaveQueryInput {
  @Field(() => String, {
    description:
      '1 to 128 letters, digits and . _ ~ -, a letter or digit first. Unique among the queries of a caller.',
  })
  name!: string;

  @Field(() => EventFilterInput, { description: 'Which events; all when it is empty.' })
  filter!: EventFilterInput;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 1,000 characters.' })
  description?: string;
}

@InputType('SubscribeQueryInput', { description: 'Where the events of a saved query are sent.' })
export class SubscribeQueryInput {
  @Field(() => String, { description: 'Name of the saved query.' })
  name!: string;

  @Field(() => String, {
    description:
      'A public https address. Hosts of a private network must be allowed by the operator.',
  })
  url!: string;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'The first position of the log that is delivered; from now on when left out.',
  })
  from?: number;
}
