import type { EventOrder } from '../graph/event/event-filter.js';
import { AppError } from '../error.js';
import type { ParameterInput } from './event-parameter-input.js';

/** EPCIS 2.0 REST: events of a page unless `perPage` says otherwise. */
export const PER_PAGE_DEFAULT = 30;
export const PER_PAGE_MAX = 500;

const COUNT_MAX = 1_000_000_000;

interface Paging {
  orderBy: EventOrder;
  first: number;
  after?: string;
  eventCountLimit?: number;
  maxEventCount?: number;
}

/** Gathers in which order, and how many, events are asked for. */
export class PageParameters {
  private orderBy = 'eventTime';
  private direction = 'DESC';
  private readonly paging: Omit<Paging, 'orderBy'> = { first: PER_PAGE_DEFAULT };

  /** @returns false for a parameter that is not about order and number */
  read(name: string, input: ParameterInput): boolean {
    if (name === 'orderBy') this.orderBy = input.word(['eventTime', 'recordTime']);
    else if (name === 'orderDirection') this.direction = input.word(['ASC', 'DESC']);
    else if (name === 'eventCountLimit') this.paging.eventCountLimit = input.count(COUNT_MAX);
    else if (name === 'maxEventCount') this.paging.maxEventCount = input.count(COUNT_MAX);
    else if (name === 'perPage') this.paging.first = input.count(PER_PAGE_MAX);
    else if (name === 'nextPageToken') this.paging.after = input.single();
    else return false;
    return true;
  }

  /** @throws AppError BAD_USER_INPUT */
  format(): Paging {
    const { eventCountLimit, maxEventCount } = this.paging;
    if (eventCountLimit !== undefined && maxEventCount !== undefined) {
      throw new AppError('BAD_USER_INPUT', 'eventCountLimit and maxEventCount exclude each other');
    }
    const by = this.orderBy === 'eventTime' ? 'TIME' : 'RECORD';
    return { orderBy: `${by}_${this.direction as 'ASC' | 'DESC'}`, ...this.paging };
  }
}
