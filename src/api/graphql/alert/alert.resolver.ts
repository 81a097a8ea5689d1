import { Arg, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql';
import { listAlerts, type AlertView } from '../../../query/alert.js';
import { watchAlerts } from '../../../query/alert-watch.js';
import { dropNulls } from '../absent.js';
import { renewReader, type ApiContext } from '../context.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { AlertFilterInput } from './alert.input.js';
import { AlertConnectionType, AlertObjectType } from './alert.type.js';

interface SubscriptionCall {
  args: { filter?: AlertFilterInput | null; after?: number | null };
  context: ApiContext;
}

@Resolver(() => AlertObjectType)
export class AlertResolver {
  @Rule('content.read')
  @Query(() => AlertConnectionType, {
    complexity: pageCost(20),
    description:
      'What is odd about items, newest first, as far as it is known at present. Suspicions, never verdicts.',
  })
  async alerts(
    @Ctx() { reader }: ApiContext,
    @Arg('filter', () => AlertFilterInput, {
      nullable: true,
      description: 'Which alerts; all without it.',
    })
    filter?: AlertFilterInput,
    @First()
    first?: number,
    @After()
    after?: string,
  ): Promise<AlertConnectionType> {
    const page = await listAlerts(reader, dropNulls({ question: filter, first, after }));
    const { nodes, pending, position } = page;
    return { page, nodes, pageInfo: formatPageInfo(page), pending, position };
  }

  @Rule('content.read')
  @Subscription(() => AlertObjectType, {
    name: 'alerts',
    description:
      'Each alert from now on, when it is raised or comes due; with a position, first those that rest on something behind it. Each is told once, as it stands then: more evidence, and that it is withdrawn, is not told. To go on after a break, subscribe again with the greatest `knownAt` heard of; some may then come a second time.',
    subscribe: ({ args, context }: SubscriptionCall) =>
      watchAlerts(context.reader, {
        question: dropNulls(args.filter ?? {}),
        after: args.after ?? undefined,
        signal: context.signal,
      }),
  })
  alertRaised(
    @Root() alert: AlertView,
    @Ctx() context: ApiContext,
    @Arg('filter', () => AlertFilterInput, {
      nullable: true,
      description: 'Which alerts; all without it.',
    })
    _filter?: AlertFilterInput,
    @Arg('after', () => SeqScalar, {
      nullable: true,
      description: 'Ledger position that is known already; from now on when left out.',
    })
    _after?: number,
  ): AlertView {
    renewReader(context);
    return alert;
  }
}
