import { Field, Int, ObjectType } from 'type-graphql';
import type { CheckpointView, LogView } from '../../../query/log.js';
import { NodeType } from '../node/node.type.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('ledger.read')
@ObjectType('Organisation', { description: 'Whose log it is.', simpleResolvers: true })
export class OrganisationType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Its short name, as it stands in origins.' })
  slug!: string;
}

@Rule('ledger.read')
@ObjectType('Checkpoint', {
  description: 'What a log says of itself at one moment, signed (c2sp.org/tlog-checkpoint).',
  simpleResolvers: true,
})
export class CheckpointType implements CheckpointView {
  @Field(() => String, { description: 'Name of the log.' })
  origin!: string;

  @Field(() => SeqScalar, { description: 'Number of entries.' })
  size!: number;

  @Field(() => String, { description: 'RFC 9162 root of those entries; base64.' })
  root!: string;

  @Field(() => String, { description: 'The signed note, as any tlog client reads it.' })
  text!: string;
}

@Rule('record.list')
@ObjectType('IndexStatus', {
  description: 'How far the index is behind the log.',
  simpleResolvers: true,
})
export class IndexStatusType {
  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position it has applied; null while there is none.',
  })
  position!: number | null;

  @Field(() => Int, { description: 'Entries in the log that are not applied yet.' })
  lagEntries!: number;

  @Field(() => Int, {
    description: 'For how long the oldest of them has been waiting, milliseconds.',
  })
  lagMs!: number;

  @Field(() => Int, { description: 'Record versions indexed.' })
  records!: number;

  @Field(() => Int, { description: 'Relations between records indexed.' })
  edges!: number;

  @Field(() => Int, { description: 'References to records that are not known here.' })
  dangling!: number;

  @Field(() => Int, {
    description: 'Records whose content could not be opened when they were indexed.',
  })
  unreadable!: number;
}

@Rule('ledger.read')
@ObjectType('Log', {
  description: 'The append-only log of one organisation.',
  implements: NodeType,
  simpleResolvers: true,
})
export class LogType extends NodeType implements LogView {
  @Field(() => String, { description: 'Name of the log, as it stands in its checkpoints.' })
  origin!: string;

  @Field(() => CidScalar, { description: 'Id of the log: the CID of its genesis entry.' })
  cid!: string;

  @Field(() => OrganisationType, { description: 'Whose log it is.' })
  organisation!: OrganisationType;

  @Field(() => [String], { description: 'Ids of the keys that may sign statements now.' })
  authors!: string[];
}
