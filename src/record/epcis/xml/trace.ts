import { flattenScope, type XmlElement } from './element.js';
import { convertEvent } from './event.js';
import { traceNode } from './json-node.js';
import type { Item } from './outline.js';
import { parseXml } from './parse.js';
import { Prefixes } from './prefix.js';
import { convertVocabularyElement } from './vocabulary.js';

/**
 * Finds what of an item's XML a part of its JSON came from. To remember that for a whole document would cost more than the
 * document; problems are few, so what they are about is converted once more.
 */
export class Tracer {
  /** The last item asked about, for there may be more to ask about it. */
  private item: Item | undefined;
  private trace: (steps: string[]) => string = () => '';

  constructor(private readonly xml: string) {}

  xpathOf(item: Item, steps: string[]): string {
    if (steps.length === 0) return item.xpath;
    if (this.item !== item) {
      this.trace = this.retrace(item);
      this.item = item;
    }
    return item.xpath + this.trace(steps);
  }

  private retrace({ kind, start, end, scope }: Item): (steps: string[]) => string {
    let root: XmlElement | undefined;
    const take = (element: XmlElement): void => void (root = element);
    parseXml(this.xml.slice(start, end), { open: () => true, take }, flattenScope(scope));
    const convert = kind === 'event' ? convertEvent : convertVocabularyElement;
    const node = convert(root!, new Prefixes());
    return (steps) => traceNode(node, steps);
  }
}
