import { expect, it } from '@jest/globals';
import { read, readOne } from '../record/reading.js';
import { describeVectors } from '../record/vector-data.js';

const JSON_FILES = 'epcis/openepcis/2.0/EPCIS/JSON/Capture';

describeVectors('valid documents of OpenEPCIS', `${JSON_FILES}/Documents/*.json`, (files) => {
  it.each(files)('$name is read without a problem', ({ bytes }) => {
    const { drafts, problems } = read(bytes);
    expect(problems).toEqual([]);
    expect(drafts.length).toBeGreaterThan(0);
  });

  it('are warned of where they leave the standard', () => {
    const warnings = files.flatMap(({ bytes }) =>
      read(bytes).drafts.flatMap((draft) => draft.warnings ?? []),
    );
    expect(new Set(warnings.map(({ code }) => code))).toEqual(
      new Set([
        'DOUBTFUL_TERM',
        'IDENTIFIER_FAULT',
        'SENSOR_ATTRIBUTE_TWICE',
        'SENSOR_TIME_AFTER_EVENT',
      ]),
    );
  });

  it('keeps the namespaces of document and event', () => {
    const { bytes } = files.find(({ name }) => name === 'Namespaces_at_different_level.json')!;
    const { text } = read(bytes).drafts[0]!;
    expect((JSON.parse(text) as Record<string, unknown>)['@context']).toEqual([
      'https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
      { ext1: 'https://ns.ext.de/epcis/' },
      { ext2: 'http://www.ext2.net/' },
    ]);
  });
});

describeVectors('invalid documents of OpenEPCIS', `${JSON_FILES}/Invalid/*.json`, (files) => {
  const problemsIn = (name: string) =>
    readProblemsOf(files.find((file) => file.name === name)!.bytes);
  const readProblemsOf = (bytes: Uint8Array) =>
    read(bytes).problems.map(({ code, pointer }) => `${code} ${pointer}`);

  it('are 8 files', () => {
    expect(files).toHaveLength(8);
  });

  it.each([
    ['EPCISDocument_without_context.json', ['INVALID_RECORD ']],
    [
      'ObjectEvent_with_invalid_eventTime_format.json',
      ['INVALID_RECORD /epcisBody/eventList/0/eventTime'],
    ],
    ['ObjectEvent_with_invalid_action.json', ['INVALID_RECORD /epcisBody/eventList/0/action']],
    [
      'ObjectEvent_with_ilmd_field_without_namespace.json',
      ['INVALID_RECORD /epcisBody/eventList/0/ilmd'],
    ],
    [
      'Combination_of_multiple_invalid_fields.json',
      [
        'INVALID_RECORD /epcisBody/eventList/0/bizStep',
        'INVALID_RECORD /epcisBody/eventList/1/disposition',
        'INVALID_RECORD /epcisBody/eventList/2/sourceList/0/type',
        'INVALID_RECORD /epcisBody/eventList/3/ilmd',
        'INVALID_RECORD /epcisBody/eventList/4/eventTime',
        'INVALID_RECORD /epcisBody/eventList/4/action',
      ],
    ],
    [
      'Combination_of_non_standard_bizStep_and_disposition.json',
      [
        'INVALID_RECORD /epcisBody/eventList/0/bizStep',
        'INVALID_RECORD /epcisBody/eventList/1/disposition',
      ],
    ],
    [
      'ObjectEvent_with_non_standard_bizStep_in_second_event.json',
      ['INVALID_RECORD /epcisBody/eventList/1/bizStep'],
    ],
    [
      'ObjectEvent_with_non_standard_disposition.json',
      ['INVALID_RECORD /epcisBody/eventList/0/disposition'],
    ],
  ])('%s is refused, and the place of each fault told', (name, problems) => {
    expect(problemsIn(name)).toEqual(problems);
  });
});

describeVectors('event hash documents', 'epcis/hash/*.jsonld', (files) => {
  it.each(files)('$name is read without a problem', ({ bytes }) => {
    expect(read(bytes).problems).toEqual([]);
  });

  it('has bare events as well as documents', () => {
    const event = read(files[0]!.bytes).drafts[0]!;
    expect(readOne(event.text).text).toBe(event.text);
  });
});
