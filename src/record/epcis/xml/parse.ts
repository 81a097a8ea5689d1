import { SaxesParser, type SaxesTagNS } from 'saxes';
import { AppError } from '../../../error.js';
import type { Scope, XmlAttribute, XmlElement } from './element.js';
import { formatXPath } from './xpath.js';

const DEPTH_MAX = 64;
const ATTRIBUTES_MAX = 256;
const ELEMENTS_MAX = 2_097_152;
/** A record has at most 1 MiB, and no element is written in less than four bytes. */
const TAKEN_ELEMENTS_MAX = 262_144;

const NO_NAMESPACES: Scope = { own: {} };

/** Who a document passes by. */
export interface XmlVisitor {
  /** An element begins. True to be given it whole; what is in it then does not pass by. */
  open(element: XmlElement): boolean;
  /** An element that was asked for, with all that is in it. */
  take(element: XmlElement): void;
}

/**
 * Lets an XML 1.0 document that nobody vouches for pass by. There are no entities but the five every document has:
 * a document type declaration is refused, and nothing is ever fetched.
 *
 * @param namespaces what prefixes stand for around the text, when it is a part of a document
 * @throws AppError MALFORMED_JSON (not well-formed, a DOCTYPE, an undefined entity), UNSUPPORTED_MEDIA_TYPE
 *   (an encoding other than UTF-8), TOO_DEEP, TOO_LARGE. Messages tell positions, never content.
 */
export function parseXml(
  text: string,
  visitor: XmlVisitor,
  namespaces: Record<string, string> = {},
): void {
  const builder = new Builder(text, visitor, namespaces);
  builder.run();
}

class Builder {
  private readonly parser: SaxesParser<{ xmlns: true; position: true }>;
  /** The elements that are open, outermost first, and how many children of each name they had. */
  private readonly open: XmlElement[] = [];
  private readonly counts: (Map<string, number> | undefined)[] = [undefined];
  private taken: XmlElement | undefined;
  private start = 0;
  private attributeCount = 0;
  private elementCount = 0;
  private takenCount = 0;

  constructor(
    private readonly text: string,
    private readonly visitor: XmlVisitor,
    additionalNamespaces: Record<string, string>,
  ) {
    this.parser = new SaxesParser({ xmlns: true, position: true, additionalNamespaces });
    const { parser } = this;
    // The parser's own messages quote names.
    parser.on('error', () => {
      throw this.malformed('not well-formed XML');
    });
    parser.on('doctype', () => {
      throw this.malformed('a document type declaration is not taken');
    });
    parser.on('xmldecl', (declaration) => this.checkDeclaration(declaration));
    parser.on('opentagstart', () => this.begin());
    parser.on('attribute', () => this.checkAttributes());
    parser.on('opentag', (tag) => this.enter(tag));
    parser.on('closetag', () => this.leave());
    parser.on('text', (part) => this.addText(part));
    parser.on('cdata', (part) => this.addText(part));
  }

  run(): void {
    this.parser.write(this.text).close();
  }

  private checkDeclaration({
    version,
    encoding = 'utf-8',
  }: {
    version?: string;
    encoding?: string;
  }) {
    if (version !== '1.0') throw this.malformed('XML is read in version 1.0');
    if (/^(?:utf-?8|us-ascii|ascii)$/i.test(encoding)) return;
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      'the XML says it is encoded otherwise than UTF-8',
      {
        hint: 'send it in UTF-8, and say so in its first line or say nothing',
      },
    );
  }

  private begin(): void {
    this.start = this.text.lastIndexOf('<', this.parser.position - 1);
    this.attributeCount = 0;
    if (this.open.length >= DEPTH_MAX) {
      const place = this.describePlace();
      throw new AppError('TOO_DEEP', `elements nested deeper than ${DEPTH_MAX} levels at ${place}`);
    }
    this.elementCount++;
    if (this.elementCount > ELEMENTS_MAX) throw this.tooMany('a document', ELEMENTS_MAX);
    if (!this.taken) return;
    this.takenCount++;
    if (this.takenCount > TAKEN_ELEMENTS_MAX) throw this.tooMany('a record', TAKEN_ELEMENTS_MAX);
  }

  private checkAttributes(): void {
    this.attributeCount++;
    if (this.attributeCount <= ATTRIBUTES_MAX) return;
    const message = `an element has at most ${ATTRIBUTES_MAX} attributes: ${this.describePlace()}`;
    throw new AppError('TOO_LARGE', message);
  }

  private enter(tag: SaxesTagNS): void {
    const parent = this.open.at(-1);
    const element: XmlElement = {
      prefix: tag.prefix,
      local: tag.local,
      namespace: tag.uri,
      attributes: readAttributes(tag),
      scope: readScope(tag, parent?.scope),
      parent,
      depth: this.open.length,
      children: [],
      text: '',
      index: this.countChild(tag),
      start: this.start,
      end: 0,
    };
    this.open.push(element);
    this.counts.push(undefined);
    if (this.taken) parent!.children.push(element);
    else if (this.visitor.open(element)) {
      this.taken = element;
      this.takenCount = 1;
    }
  }

  private countChild({ uri, local }: SaxesTagNS): number {
    const counts = (this.counts[this.counts.length - 1] ??= new Map());
    const name = uri === '' ? local : `${uri} ${local}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  }

  private leave(): void {
    const element = this.open.pop()!;
    this.counts.pop();
    element.end = this.parser.position;
    if (element !== this.taken) return;
    this.taken = undefined;
    this.visitor.take(element);
  }

  private addText(part: string): void {
    if (this.taken) this.open.at(-1)!.text += part;
  }

  private malformed(message: string): AppError {
    return new AppError('MALFORMED_JSON', `${message}: ${this.describePlace()}`);
  }

  private tooMany(what: string, countMax: number): AppError {
    const pointer = formatXPath(this.taken ?? this.open[0]!);
    return new AppError('TOO_LARGE', `${what} has at most ${countMax} elements`, { pointer });
  }

  private describePlace(): string {
    return `line ${this.parser.line}, column ${this.parser.columnIndex}`;
  }
}

function readAttributes({ attributes }: SaxesTagNS): XmlAttribute[] {
  const found: XmlAttribute[] = [];
  for (const name in attributes) {
    const { prefix, local, uri, value } = attributes[name]!;
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    found.push({ prefix, local, namespace: uri, value });
  }
  return found;
}

function readScope({ ns }: SaxesTagNS, outer: Scope = NO_NAMESPACES): Scope {
  for (const _prefix in ns) return { own: { ...ns }, outer };
  return outer;
}
