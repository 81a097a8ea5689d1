import { canonicalTerm, type CbvKind } from '../../cbv/term.js';
import type { Findings } from '../../finding.js';
import { objectsAt, type JsonObject } from '../../json-object.js';
import type { Path } from '../../json-pointer.js';
import type { OwnTerms } from './own-term.js';

/** Which member of which list's objects holds a term of which kind. */
const LISTS: readonly (readonly [list: string, member: string, kind: CbvKind])[] = [
  ['bizTransactionList', 'type', 'bizTransactionType'],
  ['sourceList', 'type', 'sourceDestType'],
  ['destinationList', 'type', 'sourceDestType'],
];

const NAMES: Record<CbvKind, string> = {
  bizStep: 'a business step',
  disposition: 'a disposition',
  bizTransactionType: 'a type of business transaction',
  sourceDestType: 'a type of source or destination',
  errorReason: 'an error reason',
  sensorMeasurementType: 'a measurement type',
  sensorAlertType: 'a sensor alert type',
  component: 'a component',
};

const CURIE_OR_URI = /^[\w.+-]+:\S+$/;
/** What only the CBV can name. */
const FALSE_TERM =
  /^(?:urn:epcglobal:cbv:|(?:cbv:|https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/)(?:BizStep|Disp|BTT|SDT|ER|Comp)-)/i;
const GS1_NAMESPACE = /^(?:cbv:|gs1:|https?:\/\/(?:(?:ref|ns|www)\.)?gs1\.org\/(?:cbv|voc)\/)/;

const UNDECIDED = {
  draft: 'a name of the drafts before the CBV 2.0',
  gs1: 'in a namespace of GS1, but not of the CBV 2.0',
  prefix: 'no context has the prefix of this CURIE',
};

/**
 * The lists of the CBV 2.0 are closed: what is not on them is written as an absolute URI, or as a CURIE for one. To
 * JSON-LD a CURIE whose prefix nobody defines is an absolute URI too; it hardly is to its sender, so that is told.
 */
export function checkVocabulary(event: JsonObject, own: OwnTerms, found: Findings): void {
  const scope = { own, found };
  checkTermAt(event, 'bizStep', 'bizStep', scope);
  checkTermAt(event, 'disposition', 'disposition', scope);
  for (const [list, member, kind] of LISTS) {
    if (list in event)
      checkEach(event, list, scope, (item) => checkTermAt(item, member, kind, scope));
  }
  if ('persistentDisposition' in event) checkPersistent(event, scope);
  if ('sensorElementList' in event) checkReports(event, scope);
  if ('errorDeclaration' in event) {
    found.within('errorDeclaration', () =>
      checkTermAt(event['errorDeclaration'] as JsonObject, 'reason', 'errorReason', scope),
    );
  }
}

type Verdict = 'own' | 'unknown' | keyof typeof UNDECIDED;

interface Scope {
  own: OwnTerms;
  found: Findings;
}

function checkPersistent(event: JsonObject, scope: Scope): void {
  const disposition = event['persistentDisposition'] as JsonObject;
  for (const name of ['set', 'unset']) {
    for (const [i, term] of ((disposition[name] ?? []) as string[]).entries()) {
      checkTerm('disposition', term, scope, ['persistentDisposition', name, i]);
    }
  }
}

function checkReports(event: JsonObject, scope: Scope): void {
  checkEach(event, 'sensorElementList', scope, (element) =>
    checkEach(element, 'sensorReport', scope, (report) => {
      checkTermAt(report, 'type', 'sensorMeasurementType', scope);
      checkTermAt(report, 'exception', 'sensorAlertType', scope);
      checkTermAt(report, 'component', 'component', scope);
    }),
  );
}

function checkEach(
  owner: JsonObject,
  list: string,
  { found }: Scope,
  check: (item: JsonObject) => void,
): void {
  found.at.push(list);
  for (const [i, item] of objectsAt(owner, list).entries()) {
    found.at.push(i);
    check(item);
    found.at.pop();
  }
  found.at.pop();
}

function checkTermAt(owner: JsonObject, name: string, kind: CbvKind, scope: Scope): void {
  const term = owner[name];
  if (typeof term === 'string') checkTerm(kind, term, scope, [name]);
}

function checkTerm(kind: CbvKind, term: string, { own, found }: Scope, steps: Path): void {
  if (canonicalTerm(kind, term) !== undefined) return;
  const verdict = judge(kind, term, own);
  if (verdict === 'unknown') {
    found.add(`not ${NAMES[kind]} of the CBV 2.0, nor an absolute URI`, steps);
  } else if (verdict !== 'own') found.warn('DOUBTFUL_TERM', UNDECIDED[verdict], steps);
}

/** What to make of a term that is not of the CBV as it stands. */
function judge(kind: CbvKind, term: string, own: OwnTerms): Verdict {
  // OpenEPCIS and others still send these without the mark they had in the drafts
  const isDraft = kind === 'sensorMeasurementType' && canonicalTerm(kind, `MT-${term}`);
  if (isDraft) return 'draft';
  if (!CURIE_OR_URI.test(term)) return own.defines(term) ? 'own' : 'unknown';
  const iri = own.expand(term);
  if (iri !== undefined && canonicalTerm(kind, iri) !== undefined) return 'own';
  if (FALSE_TERM.test(iri ?? term)) return 'unknown';
  if (GS1_NAMESPACE.test(iri ?? term)) return 'gs1';
  return iri === undefined ? 'prefix' : 'own';
}
