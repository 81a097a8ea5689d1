import { canonicalTerm, type CbvKind } from '../../cbv/term.js';
import {
  contextInside,
  namespaceOf,
  STANDARD_CONTEXT,
  type EventContext,
} from '../hash/event-context.js';

/** The events of a document come one after another, and all have its context: it is read once. */
let last: { text: string; context: EventContext } = { text: '', context: STANDARD_CONTEXT };

/** What names and terms of one event mean. Its contexts are read when a prefix first asks for them. */
export class EventNames {
  private read: EventContext | undefined;

  /**
   * @param own the event's `@context`
   * @param outer JSON text of the document's
   */
  constructor(
    private readonly own: unknown,
    private readonly outer: string | undefined,
  ) {}

  get context(): EventContext {
    this.read ??= contextInside({ '@context': this.own }, documentContext(this.outer));
    return this.read;
  }

  /** The full URI of a term of the CBV, or of the sender's own; what nobody has defined stays as it is. */
  termOf(kind: CbvKind, text: string): string {
    const term = canonicalTerm(kind, text);
    if (term !== undefined) return term;
    const colon = text.indexOf(':');
    if (colon === -1 || text.startsWith('//', colon + 1)) return text;
    const namespace = namespaceOf(text.slice(0, colon), this.context);
    if (namespace === undefined) return text;
    const uri = namespace + text.slice(colon + 1);
    return canonicalTerm(kind, uri) ?? uri;
  }
}

function documentContext(text: string | undefined): EventContext {
  if (text === undefined) return STANDARD_CONTEXT;
  if (last.text !== text) {
    const context = contextInside({ '@context': JSON.parse(text) as unknown }, STANDARD_CONTEXT);
    last = { text, context };
  }
  return last.context;
}
