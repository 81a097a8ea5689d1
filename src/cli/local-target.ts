import type { App } from '../app.js';
import type { CaptureTarget } from './capture-target.js';

/** Captures into a data directory that this process has opened. */
export function localTarget(app: App): CaptureTarget {
  return {
    async capture({ texts, idempotencyKey }, how) {
      const documents = texts.map((text) => ({ text }));
      const input = { documents, idempotencyKey, ...how };
      const { receipts, refused, problems, warnings } = await app.capture.capture(input);
      const repeated = receipts.filter((receipt) => receipt.repeated).length;
      const revised = receipts.filter((receipt) => !receipt.repeated && receipt.ver > 1).length;
      return { captured: receipts.length, repeated, revised, refused, problems, warnings };
    },
    async head() {
      const { size, root } = app.ledger.head();
      return { origin: app.ledger.origin, size, root: Buffer.from(root).toString('base64') };
    },
    close: () => app.close(),
  };
}
