import { AppError } from '../../../error.js';
import { parsePointer } from '../../json-pointer.js';
import { attributeOf, isStandard, isWrapper, type Scope, type XmlElement } from './element.js';
import { writeEvent, writeVocabularyElement } from './item.js';
import { findMisplaced } from './element-order.js';
import { Outline, type Item } from './outline.js';
import { parseXml, type XmlVisitor } from './parse.js';
import { roleOf, type Role } from './role.js';
import { readRoot } from './root.js';
import { Tracer } from './trace.js';
import { formatXPath } from './xpath.js';

/** An EPCIS document that was XML. */
export interface XmlDocument {
  /** All of it as EPCIS 2.0 JSON-LD, compact. */
  text: string;
  /**
   * The XPath of what a JSON pointer into `text` came from, or of the nearest thing around it. A name that may be the
   * sender's own ends it.
   */
  placeOf(pointer: string): string | undefined;
  /** The XML of an event as it was received; empty where the pointer leads into none. */
  xmlOf(pointer: string): string;
  /** The XPath of an event's first element that the XML schema wants further up. */
  misplacedIn(pointer: string): string | undefined;
}

const NO_NAMESPACES: Scope = { own: {} };

/**
 * Reads EPCIS XML 1.0 to 1.2 and 2.0: documents, query and master data documents, bare events. Headers are dropped,
 * except master data.
 *
 * @throws AppError UNSUPPORTED_MEDIA_TYPE for XML of another kind, INVALID_RECORD for another version, and what
 *   parseXml throws; `data.pointer` is an XPath
 */
export function convertXml(text: string): XmlDocument {
  const xml = text.replace(/^\uFEFF?\s*/, '');
  if (xml === '') throw new AppError('EMPTY_INPUT', 'the input is empty');
  if (!xml.isWellFormed()) {
    throw new AppError('MALFORMED_JSON', 'the input holds a lone surrogate');
  }
  const conversion = new Conversion(xml);
  parseXml(xml, conversion);
  return conversion.format();
}

class Conversion implements XmlVisitor {
  private outline: Outline | undefined;
  private bareEvent: Item | undefined;
  /** Names down to the open element of each depth, wrappers left out. */
  private readonly places = [''];
  /** What kind of item is being taken, and where it goes. */
  private kind: Item['kind'] = 'event';
  private items: Item[] | undefined;

  constructor(private readonly xml: string) {}

  open(element: XmlElement): boolean {
    const { depth } = element;
    if (depth === 0) return this.openRoot(element);
    const parentPlace = this.places[depth - 1]!;
    const isTransparent = isWrapper(element);
    const name = isStandard(element.namespace) ? element.local : '?';
    const place = isTransparent ? parentPlace : `${parentPlace}/${name}`;
    this.places[depth] = place;
    const role = isTransparent ? undefined : roleOf(place, parentPlace);
    return role !== undefined && this.enter(role, element);
  }

  take(element: XmlElement): void {
    const { start, end, parent } = element;
    const text =
      this.kind === 'event'
        ? writeEvent(element, this.xml.slice(start, end), parent === undefined)
        : writeVocabularyElement(element);
    const scope = parent?.scope ?? NO_NAMESPACES;
    const misplaced = this.kind === 'event' ? findMisplaced(element) : undefined;
    const item: Item = {
      kind: this.kind,
      xpath: formatXPath(element),
      ...{ start, end, scope, text },
      ...(misplaced && { misplaced: formatXPath(misplaced) }),
    };
    if (parent) this.items!.push(item);
    else this.bareEvent = item;
  }

  format(): XmlDocument {
    const tracer = new Tracer(this.xml);
    const { bareEvent, outline } = this;
    const find = (steps: string[]) =>
      bareEvent ? { xpath: bareEvent.xpath, item: bareEvent, rest: steps } : outline?.find(steps);
    return {
      text: bareEvent?.text ?? outline!.write(),
      placeOf: (pointer) => {
        const steps = parsePointer(pointer);
        const place = find(steps);
        if (!place) return outline?.xpathOf(steps);
        return place.item ? tracer.xpathOf(place.item, place.rest) : place.xpath;
      },
      xmlOf: (pointer) => {
        const item = find(parsePointer(pointer))?.item;
        return item?.kind === 'event' ? this.xml.slice(item.start, item.end) : '';
      },
      misplacedIn: (pointer) => find(parsePointer(pointer))?.item?.misplaced,
    };
  }

  private openRoot(root: XmlElement): boolean {
    if (readRoot(root) === 'event') return true;
    const creationDate = attributeOf(root, 'creationDate');
    this.outline = new Outline(root.local, creationDate, formatXPath(root));
    return false;
  }

  /** True for an item, which is then taken whole. */
  private enter({ name, pointer }: Role, element: XmlElement): boolean {
    const { events, vocabularies, xpaths } = this.outline!;
    switch (name) {
      case 'body':
        xpaths.set(pointer, formatXPath(element));
        return false;
      case 'events':
        xpaths.set(pointer, formatXPath(element));
        this.items = events.get(pointer) ?? [];
        events.set(pointer, this.items);
        return false;
      case 'vocabularies':
        xpaths.set(pointer, formatXPath(element));
        if (!vocabularies.has(pointer)) vocabularies.set(pointer, []);
        return false;
      case 'vocabulary': {
        const vocabulary = {
          xpath: formatXPath(element),
          type: attributeOf(element, 'type')?.trim(),
          items: [],
        };
        vocabularies.get(pointer)!.push(vocabulary);
        this.items = vocabulary.items;
        return false;
      }
      case 'event':
      case 'vocabularyElement':
        this.kind = name;
        return true;
    }
  }
}
