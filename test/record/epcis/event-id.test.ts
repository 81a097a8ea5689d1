import { describe, expect, it } from '@jest/globals';
import { read, readProblems } from '../reading.js';
import { buildEvent } from './build.js';

/** The text of an event with a second id before its own. */
function withTwoIds(first: string, second: string, more = ''): string {
  const text = JSON.stringify({ ...buildEvent(), eventID: second });
  return `{ "eventID" : "${first}"${more}, ${text.slice(1)}`;
}

const idsOf = (text: string) => read(text).drafts.map(({ extract }) => extract.id);

describe('an event with two ids', () => {
  it('has the last, and is warned of', () => {
    const { drafts, problems } = read(withTwoIds('urn:event:1', 'urn:event:2'));
    expect(problems).toEqual([]);
    expect(drafts[0]!.text).not.toContain('urn:event:1');
    expect(drafts.map(({ extract }) => extract.id)).toEqual(['urn:event:2']);
    expect(drafts[0]!.warnings).toMatchObject([{ code: 'EVENT_ID_TWICE', pointer: '/eventID' }]);
  });

  it('does not disturb the others of its list', () => {
    const texts = [1, 2, 3].map((n) => withTwoIds(`urn:former:${n}`, `urn:event:${n}`));
    const { drafts } = read(`[${texts.join(',')}]`);
    expect(drafts.map(({ extract }) => extract.id)).toEqual([
      'urn:event:1',
      'urn:event:2',
      'urn:event:3',
    ]);
    expect(drafts.map(({ warnings }) => warnings?.map(({ pointer }) => pointer))).toEqual([
      ['/0/eventID'],
      ['/1/eventID'],
      ['/2/eventID'],
    ]);
  });

  it('may have its id three times', () => {
    const more = ',"eventID":"urn:event:b"';
    expect(idsOf(withTwoIds('urn:event:a', 'urn:event:c', more))).toEqual(['urn:event:c']);
  });

  it.each([
    ['anything else of it', `{"action":"ADD",${JSON.stringify(buildEvent()).slice(1)}`],
    [
      'the id of something inside it',
      `{"ex:x":{"eventID":1,"eventID":2},${JSON.stringify(buildEvent()).slice(1)}`,
    ],
    [
      'an id of a FHIR resource',
      '{"resourceType":"Patient","contact":[{"eventID":1,"eventID":2}]}',
    ],
  ])('is refused when it is %s that stands twice', (_what, text) => {
    expect(readProblems(text)).toEqual([expect.stringContaining('DUPLICATE_MEMBER')]);
  });

  it('is refused with more of them than anybody means', () => {
    const many = ',"eventID":"urn:event:x"'.repeat(200);
    expect(readProblems(withTwoIds('urn:event:a', 'urn:event:b', many))).toEqual([
      expect.stringContaining('DUPLICATE_MEMBER'),
    ]);
  });
});
