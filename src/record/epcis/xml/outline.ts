import { CONTEXT_URL } from './context-url.js';
import type { Scope } from './element.js';

/** A part of the XML that was converted by itself. */
export interface Item {
  kind: 'event' | 'vocabularyElement';
  xpath: string;
  start: number;
  end: number;
  /** Prefixes declared around it. */
  scope: Scope;
  /** XPath of the first element that the schema wants further up. */
  misplaced?: string;
  /** It as JSON, until the document is written. */
  text: string;
}

interface Vocabulary {
  xpath: string;
  type: string | undefined;
  items: Item[];
}

/** Where a JSON pointer leads: into an item, or a vocabulary, and on by the rest of its steps. */
interface Place {
  xpath: string;
  item?: Item;
  rest: string[];
}

const HEADER = '/epcisHeader/epcisMasterData';
const BODY = '/epcisBody';
const RESULTS = '/epcisBody/queryResults/resultsBody';
const LIST_DEPTH_MAX = 4;

/** A document as it is put together: what the JSON has, and where in the XML it was. */
export class Outline {
  readonly events = new Map<string, Item[]>();
  readonly vocabularies = new Map<string, Vocabulary[]>();
  /** XPaths of what is neither, by JSON pointer. */
  readonly xpaths = new Map<string, string>();

  constructor(
    private readonly type: string,
    private readonly creationDate: string | undefined,
    xpath: string,
  ) {
    this.xpaths.set('', xpath);
  }

  write(): string {
    const header = this.writeLists(HEADER);
    const results = this.writeLists(RESULTS);
    const body = [
      this.writeLists(BODY),
      results && `"queryResults":{"resultsBody":{${results}}}`,
    ].filter((part) => part !== '');
    const hasBody = body.length > 0 || this.xpaths.has(BODY);
    const parts = [
      `"@context":[${JSON.stringify(CONTEXT_URL)}]`,
      `"type":${JSON.stringify(this.type)}`,
      '"schemaVersion":"2.0"',
      this.creationDate && `"creationDate":${JSON.stringify(this.creationDate)}`,
      header && `"epcisHeader":{"epcisMasterData":{${header}}}`,
      hasBody && `"epcisBody":{${body.join(',')}}`,
    ];
    return `{${parts.filter((part) => part).join(',')}}`;
  }

  /** The item, or at least the vocabulary, that the steps of a pointer lead into. */
  find(steps: string[]): Place | undefined {
    for (let length = Math.min(steps.length - 1, LIST_DEPTH_MAX); length > 0; length--) {
      const pointer = pointerOf(steps.slice(0, length));
      const at = Number(steps[length]);
      const rest = steps.slice(length + 1);
      const event = this.events.get(pointer)?.[at];
      if (event) return { xpath: event.xpath, item: event, rest };
      const vocabulary = this.vocabularies.get(pointer)?.[at];
      if (vocabulary) return findElement(vocabulary, rest);
    }
    return undefined;
  }

  /** The XPath of what the steps lead to, or of the nearest thing around it, outside of lists. */
  xpathOf(steps: string[]): string | undefined {
    for (let length = steps.length; length > 0; length--) {
      const xpath = this.xpaths.get(pointerOf(steps.slice(0, length)));
      if (xpath !== undefined) return xpath;
    }
    return this.xpaths.get('');
  }

  private writeLists(pointer: string): string {
    const events = this.events.get(`${pointer}/eventList`);
    const vocabularies = this.vocabularies.get(`${pointer}/vocabularyList`);
    const lists = [
      events && `"eventList":[${takeTexts(events)}]`,
      vocabularies && `"vocabularyList":[${vocabularies.map(writeVocabulary).join(',')}]`,
    ];
    return lists.filter((list) => list !== undefined).join(',');
  }
}

function findElement({ xpath, items }: Vocabulary, [name, at, ...rest]: string[]): Place {
  const item = name === 'vocabularyElementList' ? items[Number(at)] : undefined;
  return { xpath: item?.xpath ?? xpath, item, rest };
}

function writeVocabulary({ type, items }: Vocabulary): string {
  const member = type === undefined ? '' : `"type":${JSON.stringify(type)},`;
  return `{${member}"vocabularyElementList":[${takeTexts(items)}]}`;
}

/** The texts of items, which are then let go. */
function takeTexts(items: Item[]): string {
  const texts = items.map(({ text }) => text);
  for (const item of items) item.text = '';
  return texts.join(',');
}

function pointerOf(steps: string[]): string {
  return steps.map((step) => `/${step}`).join('');
}
