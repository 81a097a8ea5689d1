import { Field, Float, ObjectType } from 'type-graphql';
import type { ItemLocationView, PlaceView } from '../../../query/item.js';
import { Rule } from '../rule.js';

@Rule('content.read')
@ObjectType('Place', {
  description: 'A place or a party, with what master data says of it.',
  simpleResolvers: true,
})
export class PlaceType implements PlaceView {
  @Field(() => String, { description: 'A GS1 Digital Link where it has a GLN, else a URI.' })
  id!: string;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Its name, if master data says it.' })
  name!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees, WGS 84, if known.' })
  latitude!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees, WGS 84, if known.' })
  longitude!: number | null;
}

@Rule('content.read')
@ObjectType('ItemLocation', { description: 'Where an item is.', simpleResolvers: true })
export class ItemLocationType implements ItemLocationView {
  @Rule('content.read')
  @Field(() => PlaceType, { nullable: true, description: 'Where it was seen last.' })
  readPoint!: PlaceView | null;

  @Rule('content.read')
  @Field(() => PlaceType, {
    nullable: true,
    description: 'Where it is until something else is said; null while it is under way.',
  })
  bizLocation!: PlaceView | null;

  @Rule('content.read')
  @Field(() => PlaceType, {
    nullable: true,
    description:
      'The site of that place, by its GLN without extension; while under way, the one it left.',
  })
  site!: PlaceView | null;
}
