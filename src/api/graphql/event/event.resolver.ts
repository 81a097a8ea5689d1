import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { ContentState } from '../../../query/content.js';
import {
  hashOf,
  listEpcs,
  listQuantities,
  type EpcListName,
  type EpcListView,
} from '../../../query/event-content.js';
import { parseEventFilter } from '../../../query/event-filter.js';
import { listEvents } from '../../../query/event-list.js';
import { watchEvents } from '../../../query/event-watch.js';
import { formatEpcisText, openEvent, recordAt, type EventView } from '../../../query/event.js';
import { checkFirst } from '../../../query/page.js';
import type { RecordView } from '../../../query/record.js';
import { dropNulls } from '../absent.js';
import { renewReader, type ApiContext } from '../context.js';
import { ContentStateEnum } from '../enum/record.enum.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { EventConnectionType } from './event-connection.type.js';
import { EventOrderEnum } from './event.enum.js';
import { EventFilterInput } from './event.input.js';
import { EpcisEventType, EpcisQuantityType, EpcListType } from './event.type.js';
import { SensorReportType, shapeSensors } from './sensor-report.type.js';

interface SubscriptionCall {
  args: { filter?: EventFilterInput | null; after?: number | null };
  context: ApiContext;
}

@Resolver(() => EpcisEventType)
export class EventResolver {
  @Rule('content.read')
  @Query(() => EventConnectionType, {
    complexity: pageCost(50),
    description:
      'EPCIS events that satisfy the filter. Error declarations and the events they void are among them, unless the filter says otherwise.',
  })
  async events(
    @Ctx() { reader }: ApiContext,
    @Arg('filter', () => EventFilterInput, {
      nullable: true,
      description: 'Which events; all without it.',
    })
    filter?: EventFilterInput,
    @Arg('orderBy', () => EventOrderEnum, {
      nullable: true,
      defaultValue: EventOrderEnum.TIME_DESC,
      description: 'In which order.',
    })
    orderBy?: EventOrderEnum,
    @First()
    first?: number,
    @After()
    after?: string,
    @Arg('includeInherited', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description:
        'With MATCH_epc and MATCH_anyEPC: also what happened to the containers an instance was in, while it was.',
    })
    includeInherited?: boolean,
  ): Promise<EventConnectionType> {
    const page = await listEvents(reader, {
      filter: parseEventFilter(dropNulls(filter ?? {}), ['filter']),
      ...dropNulls({ orderBy, first, after, includeInherited }),
    });
    const pageInfo = { ...formatPageInfo(page), endCursor: page.endCursor };
    return { page, nodes: page.nodes, pageInfo, position: page.position };
  }

  @Rule('content.read')
  @Subscription(() => EpcisEventType, {
    name: 'events',
    description:
      'Each event that satisfies the filter from now on, or each after a position, none left out and none twice. Whoever hears of an event can query it. To go on after a break, subscribe again with the `seq` of the last one heard of.',
    subscribe: ({ args, context }: SubscriptionCall) =>
      watchEvents(context.reader, {
        filter: parseEventFilter(dropNulls(args.filter ?? {}), ['filter']),
        after: args.after ?? undefined,
        signal: context.signal,
      }),
  })
  eventCaptured(
    @Root() event: EventView,
    @Ctx() context: ApiContext,
    @Arg('filter', () => EventFilterInput, {
      nullable: true,
      description: 'Which events; all without it.',
    })
    _filter?: EventFilterInput,
    @Arg('after', () => SeqScalar, {
      nullable: true,
      description: 'Position of the last event heard of; from now on when left out.',
    })
    _after?: number,
  ): EventView {
    renewReader(context);
    return event;
  }

  @Rule('record.list')
  @FieldResolver(() => ID, { complexity: 5, description: 'The global id of its record.' })
  async id(@Root() { seq }: EventView, @Ctx() { reader }: ApiContext): Promise<string> {
    return (await recordAt(reader, seq)).id;
  }

  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    complexity: 5,
    description: 'Its record, with entry, proof and author.',
  })
  record(@Root() { seq }: EventView, @Ctx() { reader }: ApiContext): Promise<RecordView> {
    return recordAt(reader, seq);
  }

  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    nullable: true,
    complexity: 5,
    description: 'The error declaration or later version that stands in its place, if any.',
  })
  async voidedBy(
    @Root() { event }: EventView,
    @Ctx() { reader }: ApiContext,
  ): Promise<RecordView | null> {
    return event.voidedAt === undefined ? null : recordAt(reader, event.voidedAt);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Its author had captured another event of the same eventID before: it is part of no history.',
  })
  isRepeat(@Root() { event }: EventView): boolean {
    return event.isRepeat ?? false;
  }

  @Rule('content.read')
  @FieldResolver(() => ContentStateEnum, {
    complexity: 5,
    description: 'Whether lists of things and `epcis` can be shown, and if not, why.',
  })
  async contentState(
    @Root() view: EventView,
    @Ctx() { reader }: ApiContext,
  ): Promise<ContentState> {
    return (await openEvent(reader, view)).state;
  }

  @Rule('content.read')
  @FieldResolver(() => String, {
    nullable: true,
    complexity: 5,
    description:
      'The event in EPCIS 2.0 JSON-LD as it was captured, with the time of the log as its recordTime. Null unless AVAILABLE.',
  })
  epcis(@Root() view: EventView, @Ctx() { reader }: ApiContext): Promise<string | null> {
    return formatEpcisText(reader, view);
  }

  @Rule('content.read')
  @FieldResolver(() => String, {
    nullable: true,
    complexity: 5,
    description:
      'The event hash id of CBV 2.0, section 8.9: the same for the same event in whatever document. Null unless AVAILABLE.',
  })
  eventHash(@Root() view: EventView, @Ctx() { reader }: ApiContext): Promise<string | null> {
    return hashOf(reader, view);
  }

  @Rule('content.read')
  @FieldResolver(() => EpcListType, {
    nullable: true,
    complexity: 10,
    description: 'Instances of an ObjectEvent or TransactionEvent. Null unless AVAILABLE.',
  })
  epcList(
    @Root() view: EventView,
    @Ctx() { reader }: ApiContext,
    @FirstOfList() first?: number,
  ): Promise<EpcListView | null> {
    return listOf('epcList', view, reader, first);
  }

  @Rule('content.read')
  @FieldResolver(() => EpcListType, {
    nullable: true,
    complexity: 10,
    description: 'Instances in the parent, or associated with it. Null unless AVAILABLE.',
  })
  childEPCs(
    @Root() view: EventView,
    @Ctx() { reader }: ApiContext,
    @FirstOfList() first?: number,
  ): Promise<EpcListView | null> {
    return listOf('childEPCs', view, reader, first);
  }

  @Rule('content.read')
  @FieldResolver(() => EpcListType, {
    nullable: true,
    complexity: 10,
    description: 'Instances a transformation used up. Null unless AVAILABLE.',
  })
  inputEPCList(
    @Root() view: EventView,
    @Ctx() { reader }: ApiContext,
    @FirstOfList() first?: number,
  ): Promise<EpcListView | null> {
    return listOf('inputEPCList', view, reader, first);
  }

  @Rule('content.read')
  @FieldResolver(() => EpcListType, {
    nullable: true,
    complexity: 10,
    description: 'Instances a transformation made. Null unless AVAILABLE.',
  })
  outputEPCList(
    @Root() view: EventView,
    @Ctx() { reader }: ApiContext,
    @FirstOfList() first?: number,
  ): Promise<EpcListView | null> {
    return listOf('outputEPCList', view, reader, first);
  }

  @Rule('content.read')
  @FieldResolver(() => [EpcisQuantityType], {
    nullable: true,
    complexity: 10,
    description: 'Classes and lots with their amounts, of every list. Null unless AVAILABLE.',
  })
  quantities(
    @Root() view: EventView,
    @Ctx() { reader }: ApiContext,
  ): Promise<EpcisQuantityType[] | null> {
    return listQuantities(reader, view);
  }

  @Rule('content.read')
  @FieldResolver(() => [SensorReportType], {
    complexity: 10,
    description: 'What sensors reported: the first 100 reports; `epcis` has all.',
  })
  sensorReports(@Root() { event }: EventView): SensorReportType[] {
    return shapeSensors(event.sensors);
  }
}

function listOf(
  name: EpcListName,
  view: EventView,
  reader: ApiContext['reader'],
  first?: number,
): Promise<EpcListView | null> {
  return listEpcs(reader, view, name, checkFirst(first, reader.rooms.limits.firstMax));
}

function FirstOfList() {
  return First('How many of the list, from 1 to 500.');
}
