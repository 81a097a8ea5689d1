import { Field, InputType } from 'type-graphql';
import { CaptureModeEnum, DurabilityEnum } from '../enum/durability.enum.js';
import { RecordAddressInput } from '../record/record.input.js';

@InputType('CaptureDocument', {
  description:
    'A document as text: a FHIR R4 resource or Bundle, an EPCIS 2.0 document, query document, event or list of events, an EPCIS 1.2 or 2.0 XML document.',
})
export class CaptureDocumentInput {
  @Field(() => String, {
    description: 'JSON or XML text. A string, so that numbers keep their spelling.',
  })
  content!: string;

  @Field(() => String, {
    nullable: true,
    description:
      '"application/fhir+json", "application/ld+json" or "application/xml"; told from the content when left out.',
  })
  mediaType?: string;
}

@InputType('CaptureInput', { description: 'What to capture, and what to wait for.' })
export class CaptureInput {
  @Field(() => [CaptureDocumentInput], {
    description: 'The documents; each may hold many records.',
  })
  documents!: CaptureDocumentInput[];

  @Field(() => CaptureModeEnum, {
    defaultValue: CaptureModeEnum.ROLLBACK,
    description: 'What becomes of the good records when there are bad ones.',
  })
  mode!: CaptureModeEnum;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a repeated call safe: with the same key and documents it answers the first receipts again. At most 256 characters.',
  })
  idempotencyKey?: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Refuses what would otherwise only be warned of, like a wrong check digit.',
  })
  strict!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Whose FHIR resources these are: an absolute URL or URN that their names begin with where no fullUrl tells, so that ids of one source are never taken for those of another.',
  })
  source?: string;

  @Field(() => DurabilityEnum, {
    defaultValue: DurabilityEnum.PUBLISHED,
    description: 'What to wait for; receipts say what was reached.',
  })
  waitFor!: DurabilityEnum;
}

@InputType('CorrectInput', { description: 'What to correct, and with what.' })
export class CorrectInput {
  @Field(() => RecordAddressInput, {
    description: 'The version that is wrong; it stays, and stays provable.',
  })
  record!: RecordAddressInput;

  @Field(() => CaptureDocumentInput, { description: 'The next version: exactly one record.' })
  document!: CaptureDocumentInput;

  @Field(() => DurabilityEnum, {
    defaultValue: DurabilityEnum.PUBLISHED,
    description: 'What to wait for; the receipt says what was reached.',
  })
  waitFor!: DurabilityEnum;
}
