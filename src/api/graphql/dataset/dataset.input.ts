import { Field, ID, InputType } from 'type-graphql';
import { DurabilityEnum } from '../enum/durability.enum.js';

@InputType('CaptureDatasetInput', {
  description: 'A derivative and what it was made of.',
})
export class CaptureDatasetInput {
  @Field(() => String, {
    description:
      'JSON text: {"type": "Dataset", "id", "name", "description"?, "method"?, "code"? {"repository", "revision", "path"?}, "parameters"?, "result"? {"mediaType"?, "cid"?, "sha256"?, "url"?, "rows"?, "value"?}, "createdAt"?}. A later one with the same id is its next version.',
  })
  content!: string;

  /** Plain texts: a hundred thousand input objects would take seconds to read. */
  @Field(() => [ID], {
    description:
      'The records it was made of, from 1 to 100,000, each of which the caller may know of: by CID, by global id, by rid (the version that is the latest now) or by position in the log.',
  })
  sources!: string[];

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a repeated call safe: with the same key, content and sources it answers the first receipt again. At most 256 characters.',
  })
  idempotencyKey?: string;

  @Field(() => DurabilityEnum, {
    defaultValue: DurabilityEnum.PUBLISHED,
    description: 'What to wait for; the receipt says what was reached.',
  })
  waitFor!: DurabilityEnum;
}
