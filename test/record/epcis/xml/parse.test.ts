import { describe, expect, it } from '@jest/globals';
import { read, readProblems } from '../../reading.js';
import { buildXml, buildXmlEvent } from './build.js';
import fc from '../../../support/fast-check.js';

const CANARY = 'Canary-078051120';
const utf8 = (text: string) => new TextEncoder().encode(text);

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${Array.from(
  { length: 9 },
  (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`,
).join('')}]><EPCISDocument>&j;</EPCISDocument>`;
const QUADRATIC = `<!DOCTYPE d [<!ENTITY a "${'a'.repeat(100_000)}">]><EPCISDocument>${'&a;'.repeat(10_000)}</EPCISDocument>`;
const attributes = Array.from({ length: 1_000_000 }, (_, i) => `a${i}="1"`).join(' ');
const namespaces = Array.from(
  { length: 300 },
  (_, i) => `<n${i}:x xmlns:n${i}="http://n/${i}"/>`,
).join('');

describe('XML that is sent to do harm', () => {
  it.each([
    ['a billion laughs', LAUGHS, 'MALFORMED_JSON'],
    ['quadratic blow-up', QUADRATIC, 'MALFORMED_JSON'],
    [
      'an external entity',
      '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><EPCISDocument>&x;</EPCISDocument>',
      'MALFORMED_JSON',
    ],
    [
      'an external subset',
      '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd"><EPCISDocument/>',
      'MALFORMED_JSON',
    ],
    ['an undefined entity', buildXml('&x;'), 'MALFORMED_JSON'],
    ['a character that XML has not', buildXml('&#0;'), 'MALFORMED_JSON'],
    ['100,000 levels', '<EPCISDocument>'.repeat(100_000), 'TOO_DEEP'],
    ['100,000 levels in an event', buildXml(buildXmlEvent('<a>'.repeat(100_000))), 'TOO_DEEP'],
    [
      'lists in lists, deep as JSON',
      buildXml(
        buildXmlEvent(`<a:x xmlns:a="http://a/">${'<b/><b>'.repeat(50)}${'</b>'.repeat(50)}</a:x>`),
      ),
      'TOO_DEEP',
    ],
    ['1,000,000 attributes', `<EPCISDocument ${attributes}/>`, 'TOO_LARGE'],
    ['a record of 300,000 elements', buildXml(buildXmlEvent('<a/>'.repeat(300_000))), 'TOO_LARGE'],
    ['a record of 300 namespaces', buildXml(buildXmlEvent(namespaces)), 'TOO_LARGE'],
    ['an unclosed element', buildXml(buildXmlEvent()).slice(0, -5), 'MALFORMED_JSON'],
    ['an unclosed comment', `${buildXml('')}<!--`, 'MALFORMED_JSON'],
    ['crossed elements', '<EPCISDocument><a><b></a></b></EPCISDocument>', 'MALFORMED_JSON'],
    ['two roots', '<ObjectEvent/><ObjectEvent/>', 'MALFORMED_JSON'],
    ['an attribute twice', '<EPCISDocument a="1" a="2"/>', 'MALFORMED_JSON'],
    ['a prefix of no namespace', '<epcis:EPCISDocument/>', 'MALFORMED_JSON'],
    ['XML 1.1', '<?xml version="1.1"?><EPCISDocument/>', 'MALFORMED_JSON'],
    ['raw NUL', '<EPCISDocument>\0</EPCISDocument>', 'MALFORMED_JSON'],
    [
      'another encoding',
      '<?xml version="1.0" encoding="ISO-8859-1"?><EPCISDocument/>',
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'UTF-16 by its own word',
      '<?xml version="1.0" encoding="utf-16"?><EPCISDocument/>',
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['only a declaration', '<?xml version="1.0"?>', 'MALFORMED_JSON'],
  ])('is refused as one problem: %s', (_name, xml, code) => {
    for (const input of [xml, utf8(xml)]) {
      expect(read(input).problems.map((problem) => problem.code)).toEqual([code]);
    }
  });

  it('is refused in UTF-16, with and without a mark, and where it is not UTF-8', () => {
    const text = buildXml(buildXmlEvent());
    for (const bytes of [
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      Buffer.from(text, 'utf16le').swap16(),
    ]) {
      expect(readProblems(bytes)).toEqual(['MALFORMED_JSON ']);
    }
    const latin = Buffer.from(text.replace('OBSERVE', 'OBSERV\u00c9'), 'latin1');
    expect(readProblems(latin)).toEqual(['MALFORMED_JSON ']);
    expect(readProblems('<EPCISDocument>\ud800</EPCISDocument>')).toEqual(['MALFORMED_JSON ']);
  });

  it('is told of by its place and never by its content', () => {
    const documents = [
      `<${CANARY}/>`,
      `<EPCISDocument><${CANARY}>`,
      `<${CANARY}:EPCISDocument/>`,
      `<!DOCTYPE ${CANARY}><EPCISDocument/>`,
      `<EPCISDocument>&${CANARY};</EPCISDocument>`,
      `<EPCISDocument schemaVersion="${CANARY}"/>`,
      `<?xml version="1.0" encoding="${CANARY}"?><EPCISDocument/>`,
      buildXml(`<${CANARY}/>`),
      buildXml(buildXmlEvent(`<${CANARY}>x</${CANARY}>`)),
      buildXml(buildXmlEvent(`<bizStep><${CANARY}/></bizStep>`)),
      buildXml(
        buildXmlEvent(
          `<${CANARY}:x xmlns:${CANARY}="${CANARY}">${'<b/><b>'.repeat(50)}${'</b>'.repeat(50)}</${CANARY}:x>`,
        ),
      ),
      buildXml(
        buildXmlEvent(
          `<sensorElementList><sensorElement><sensorReport ${CANARY}="1" type="${CANARY}"/></sensorElement></sensorElementList><action>${CANARY}</action>`,
        ),
      ),
    ];
    for (const document of documents) {
      const { problems } = read(document);
      expect(problems.length).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toContain(CANARY);
    }
  });

  it('gives line and column of what is not well-formed', () => {
    expect(read('<EPCISDocument>\n  <a></b></EPCISDocument>').problems[0]!.message).toMatch(
      /line 2, column \d+$/,
    );
  });

  it('is never thrown at the caller, however it is cut and mended', () => {
    const whole = buildXml(buildXmlEvent('<a:x xmlns:a="http://a/" b="c"><![CDATA[x]]>&lt;</a:x>'));
    const piece = fc.constantFrom(
      '<',
      '>',
      '&',
      ';',
      '"',
      '/',
      '<!--',
      ']]>',
      '<![CDATA[',
      '<?xml',
      'xmlns:',
      ':',
      '\0',
      '=',
    );
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(30), piece, (at, length, added) => {
        const { drafts, problems } = read(
          whole.slice(0, at) + added + whole.slice(at + length),
          'text/xml',
        );
        expect(drafts.length + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000, seed: 3 },
    );
  });
});
