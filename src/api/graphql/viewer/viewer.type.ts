import { Field, ObjectType } from 'type-graphql';
import type { Viewer } from '../../../access/viewer.js';
import { Rule } from '../rule.js';

@Rule('own')
@ObjectType('Viewer', {
  description: 'Who is asking, as the access token says.',
  simpleResolvers: true,
})
export class ViewerType implements Viewer {
  @Field(() => String, { description: 'Subject of the token; empty for a caller without one.' })
  subject!: string;

  @Field(() => String, {
    description: 'Organisation of the caller; empty for a caller without a token.',
  })
  organisation!: string;

  @Field(() => String, {
    description:
      'What the caller acts as: patient, clinician, payer, supply, researcher, auditor, operator, service, or anonymous.',
  })
  role!: Viewer['role'];

  @Field(() => [String], { description: 'What the token is good for: "read", "write".' })
  scopes!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Purpose of use (HL7 v3 PurposeOfUse code), when stated.',
  })
  purpose?: string;
}
