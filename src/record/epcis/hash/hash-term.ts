import type { CbvKind } from '../../cbv/term.js';
import { namespaceOf, type EventContext } from './event-context.js';

const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

/** What the full URI of a term begins with, and the part of a CBV URN that says the kind. */
const HOMES: Readonly<Record<CbvKind, { uri: string; urn?: string }>> = {
  bizStep: { uri: `${CBV}BizStep-`, urn: 'bizstep' },
  disposition: { uri: `${CBV}Disp-`, urn: 'disp' },
  bizTransactionType: { uri: `${CBV}BTT-`, urn: 'btt' },
  sourceDestType: { uri: `${CBV}SDT-`, urn: 'sdt' },
  errorReason: { uri: `${CBV}ER-`, urn: 'er' },
  component: { uri: `${CBV}Comp-` },
  sensorMeasurementType: { uri: GS1 },
  sensorAlertType: { uri: GS1 },
};
const URI_OF_URN = new Map(Object.values(HOMES).map(({ uri, urn }) => [urn, uri]));

const BARE = /^[A-Za-z][\w-]*$/;
const URN = /^urn:epcglobal:cbv:([a-z]+):(.+)$/;
const GS1_CURIE = /^(gs1|cbv):(?!\/\/)(.+)$/;
const GS1_NAMESPACE = /^https:\/\/(?:ref\.)?gs1\.org\//;

/**
 * The full URI of a term that is spelt as bare word, URN or CURIE. A word nobody has heard of, or one that later versions
 * have replaced, gets its URI too: the hash is of what the event says, and in XML the word had its kind with it.
 * Undefined for URIs, and for CURIEs with prefixes of users, which stay as they are.
 */
export function expandTerm(kind: CbvKind, text: string, context: EventContext): string | undefined {
  if (BARE.test(text)) return HOMES[kind].uri + text;
  const [, prefix, local] = GS1_CURIE.exec(text) ?? [];
  const namespace = prefix === undefined ? undefined : namespaceOf(prefix, context);
  return namespace !== undefined && GS1_NAMESPACE.test(namespace) ? namespace + local : undefined;
}

/** The full URI of a term that is spelt as a URN, wherever it stands. */
export function expandTermUrn(text: string): string | undefined {
  const [, kind, word] = URN.exec(text) ?? [];
  const uri = kind === undefined ? undefined : URI_OF_URN.get(kind);
  return uri === undefined ? undefined : uri + word;
}
