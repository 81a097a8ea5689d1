import { nextSerial, type Works } from './story.js';
import { transaction } from './epc.js';
import { partyOf, placeOf, type Organisation } from './organisation.js';

/** Goods go from one to another under an order; whose they become may be a third's. */
export interface Transfer {
  from: Organisation;
  to: Organisation;
  seller: Organisation;
  buyer: Organisation;
  order: string;
  notice: string;
}

export function agree(
  works: Works,
  from: Organisation,
  to: Organisation,
  seller: Organisation,
  buyer: Organisation,
): Transfer {
  const number = nextSerial(works);
  const order = transaction(buyer.companyPrefix, `PO${number}`);
  return { from, to, seller, buyer, order, notice: transaction(from.companyPrefix, `DA${number}`) };
}

/** Members of the shipping event: papers, owners when they change, holders, places. */
export function shippingPapers({ from, to, seller, buyer, ...papers }: Transfer): object {
  const isSale = seller !== buyer;
  return {
    bizTransactionList: [
      { type: 'po', bizTransaction: papers.order },
      { type: 'desadv', bizTransaction: papers.notice },
    ],
    sourceList: [
      ...(isSale ? [{ type: 'owning_party', source: partyOf(seller) }] : []),
      { type: 'possessing_party', source: partyOf(from) },
      { type: 'location', source: placeOf(from) },
    ],
    destinationList: [
      ...(isSale ? [{ type: 'owning_party', destination: partyOf(buyer) }] : []),
      { type: 'possessing_party', destination: partyOf(to) },
      { type: 'location', destination: placeOf(to) },
    ],
  };
}

/** Members of the receiving event. Ownership has passed with the shipment: it is not passed on a second time here. */
export function receivingPapers({ from, to, order, notice }: Transfer): object {
  return {
    bizTransactionList: [
      { type: 'po', bizTransaction: order },
      { type: 'desadv', bizTransaction: notice },
    ],
    sourceList: [{ type: 'possessing_party', source: partyOf(from) }],
    destinationList: [
      { type: 'possessing_party', destination: partyOf(to) },
      { type: 'location', destination: placeOf(to) },
    ],
  };
}
