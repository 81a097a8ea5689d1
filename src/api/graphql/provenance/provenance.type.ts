import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type {
  ActivityView,
  AgentView,
  CustodyStepView,
  ProvenanceView,
} from '../../../query/provenance.js';
import type { RecordView } from '../../../query/record.js';
import { EntryType } from '../entry/entry.type.js';
import { RecordType } from '../record/record.type.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

export enum ActivityKindEnum {
  CAPTURE = 'CAPTURE',
  CORRECTION = 'CORRECTION',
}

registerEnumType(ActivityKindEnum, {
  name: 'ActivityKind',
  description: 'How a record version came to be in the log.',
  valuesConfig: {
    CAPTURE: { description: 'It was captured as a new record.' },
    CORRECTION: { description: 'It was stated in place of the version before.' },
  },
});

@Rule('ledger.read')
@ObjectType('Agent', {
  description: 'Who answers for something (W3C PROV): a key, and the organisation it speaks for.',
  simpleResolvers: true,
})
export class AgentType implements AgentView {
  @Field(() => String, { description: 'Key id (RFC 7638 thumbprint).' })
  kid!: string;

  @Field(() => String, { description: 'Name of the organisation.' })
  organisation!: string;

  @Field(() => CidScalar, { description: 'Id of the log of that organisation.' })
  log!: string;
}

@Rule('ledger.read')
@ObjectType('Activity', {
  description: 'What brought a record version into the log (W3C PROV).',
  simpleResolvers: true,
})
export class ActivityType implements ActivityView {
  @Field(() => ActivityKindEnum, { description: 'What it was.' })
  kind!: ActivityKindEnum;

  @Field(() => DateTimeScalar, {
    description: 'When the statement was signed, by the clock of its author.',
  })
  startedAt!: number;

  @Field(() => DateTimeScalar, { description: 'When it was sequenced, by the clock of the log.' })
  endedAt!: number;

  @Field(() => AgentType, { description: 'Who signed it.' })
  agent!: AgentType;
}

@Rule('record.list')
@ObjectType('CustodyStep', {
  description: 'A thing that was done with the record itself, as the ledger has it.',
  simpleResolvers: true,
})
export class CustodyStepType implements CustodyStepView {
  @Field(() => ActivityKindEnum, { description: 'What was done.' })
  kind!: ActivityKindEnum;

  @Field(() => SeqScalar, { description: 'Position of the entry that says so.' })
  seq!: number;

  @Field(() => CidScalar, { description: 'CID of that entry.' })
  entryCid!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: number;

  @Field(() => AgentType, { description: 'By whom; the same organisation holds the record since.' })
  agent!: AgentType;

  @Field(() => CidScalar, { description: 'CID of the version it brought.' })
  cid!: string;

  @Field(() => Int, { description: 'Number of that version.' })
  version!: number;
}

@Rule('record.list')
@ObjectType('Provenance', {
  description: 'Where a record version comes from, and the proof of it.',
  simpleResolvers: true,
})
export class ProvenanceType implements ProvenanceView {
  @Field(() => RecordType, { description: 'The version asked about.' })
  record!: RecordView;

  @Field(() => [RecordType], {
    description: 'The versions of the same record, oldest first; at most the latest 500.',
  })
  versions!: RecordView[];

  @Field(() => Int, { description: 'How many versions there are.' })
  versionCount!: number;

  @Field(() => AgentType, { description: 'Who signed this version.' })
  author!: AgentType;

  @Field(() => ActivityType, { description: 'What brought it into the log.' })
  activity!: ActivityType;

  @Field(() => EntryType, { description: 'Its entry in the log.' })
  entry!: EntryType;

  @Field(() => [CustodyStepType], {
    description: 'What was done with the record, one step for each of `versions`.',
  })
  custody!: CustodyStepType[];

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}
