import { Field, InputType } from 'type-graphql';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@InputType('RecallInput', {
  description: 'What is recalled: a lot, a GTIN, both; or an item in place of these.',
})
export class RecallInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A lot number as events give it; or the lot with its GTIN as EPC URN, Digital Link or element string.',
  })
  lot?: string;

  @Field(() => String, {
    nullable: true,
    description: 'GTIN of 8, 12, 13 or 14 digits, an NDC with hyphens, or a class as URN or link.',
  })
  gtin?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'EPC in any form. Of a unit, its lot is recalled; of a container, all units it holds or has held.',
  })
  item?: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'What was true then, by the time of events; now when left out.',
  })
  asOf?: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description:
      'Only what was known when the log ended with this position; for 20,000 units at most.',
  })
  knownAt?: number;
}
