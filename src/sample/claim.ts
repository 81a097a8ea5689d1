import type { Chart, Reference } from './chart.js';
import { concept, iso, medication, SNOMED, status } from './coding.js';
import type { Random } from './random.js';
import { PRESCRIPTION_SYSTEM, type Visit } from './visit.js';

const DAY_MS = 86_400_000;

/** What two claims of a visit ask for: of the hospital for the visit, of the pharmacy for the drug. */
type ClaimKind = 'professional' | 'pharmacy';

/** The hospital's claim for a visit and the payer's answer to it. */
export function describeVisitClaim(random: Random, visit: Visit, chart: Chart): object[] {
  const own = (type: string, id: string): Reference => ({ reference: chart.wording.own(type, id) });
  const id = random.uuid();
  const visitCents = random.between(8_000, 16_000);
  const procedureCents = random.between(3_000, 24_000);
  const encounter = [own('Encounter', visit.encounter)];
  const service = concept(SNOMED, { code: '185349003', display: 'Encounter for check up' });
  const claim = {
    ...claimHead(id, 'professional', visit, chart, chart.hospital),
    diagnosis: [{ sequence: 1, diagnosisReference: own('Condition', visit.condition) }],
    procedure: [{ sequence: 1, procedureReference: own('Procedure', visit.procedure) }],
    insurance: [{ sequence: 1, focal: true, coverage: chart.coverage }],
    item: [
      { sequence: 1, productOrService: service, net: money(visitCents), encounter },
      {
        sequence: 2,
        diagnosisSequence: [1],
        procedureSequence: [1],
        productOrService: concept(SNOMED, visit.treatment.procedure),
        net: money(procedureCents),
        encounter,
      },
    ],
    total: money(visitCents + procedureCents),
  };
  const total = visitCents + procedureCents;
  return [
    claim,
    describeBenefit(random, id, 'professional', visit, chart, chart.hospital, total, service),
  ];
}

/** The pharmacy's record of the drug given, its claim for it, and the payer's answer. */
export function describePharmacyClaim(
  random: Random,
  visit: Visit,
  chart: Chart,
  dispensedAt: number,
): object[] {
  const own = (type: string, id: string): Reference => ({ reference: chart.wording.own(type, id) });
  const id = random.uuid();
  const cents = visit.treatment.packPrice * 100 + random.below(100);
  const drug = medication(visit.treatment);
  const request = own('MedicationRequest', visit.request);
  const number = { system: PRESCRIPTION_SYSTEM, value: visit.prescription };
  const later = { ...visit, at: dispensedAt };
  return [
    {
      resourceType: 'MedicationDispense',
      id: random.uuid(),
      identifier: [number],
      status: 'completed',
      medicationCodeableConcept: drug,
      subject: chart.patient,
      performer: [{ actor: chart.pharmacy }],
      authorizingPrescription: [request],
      quantity: { value: 1, unit: 'pack' },
      whenHandedOver: iso(dispensedAt),
    },
    {
      ...claimHead(id, 'pharmacy', later, chart, chart.pharmacy),
      // the number it has at the pharmacy, by which the event of the dispensing names it as well
      prescription: { ...request, identifier: number },
      insurance: [{ sequence: 1, focal: true, coverage: chart.coverage }],
      item: [
        {
          sequence: 1,
          productOrService: drug,
          quantity: { value: 1 },
          net: money(cents),
          encounter: [own('Encounter', visit.encounter)],
        },
      ],
      total: money(cents),
    },
    describeBenefit(random, id, 'pharmacy', later, chart, chart.pharmacy, cents, drug),
  ];
}

function claimHead(
  id: string,
  kind: ClaimKind,
  visit: Visit,
  chart: Chart,
  provider: Reference,
): object {
  return {
    resourceType: 'Claim',
    id,
    status: 'active',
    type: status('claim-type', kind),
    use: 'claim',
    patient: chart.patient,
    billablePeriod: { start: iso(visit.at), end: iso(visit.at) },
    created: iso(visit.at + DAY_MS),
    insurer: chart.payer,
    provider,
    priority: status('processpriority', 'normal'),
  };
}

function describeBenefit(
  random: Random,
  claim: string,
  kind: ClaimKind,
  visit: Visit,
  chart: Chart,
  provider: Reference,
  cents: number,
  service: object,
): object {
  const allowed = Math.floor((cents * random.between(60, 95)) / 100);
  const paid = Math.floor((allowed * random.between(70, 100)) / 100);
  return {
    resourceType: 'ExplanationOfBenefit',
    id: random.uuid(),
    status: 'active',
    type: status('claim-type', kind),
    use: 'claim',
    patient: chart.patient,
    billablePeriod: { start: iso(visit.at), end: iso(visit.at) },
    created: iso(visit.at + random.between(3, 20) * DAY_MS),
    insurer: chart.payer,
    provider,
    claim: { reference: chart.wording.own('Claim', claim) },
    outcome: 'complete',
    insurance: [{ focal: true, coverage: chart.coverage }],
    item: [
      {
        sequence: 1,
        productOrService: service,
        adjudication: [adjudication('submitted', cents), adjudication('eligible', allowed)],
      },
    ],
    total: [adjudication('benefit', paid)],
  };
}

function adjudication(category: string, cents: number): object {
  return { category: status('adjudication', category), amount: money(cents) };
}

function money(cents: number): object {
  return { value: cents / 100, currency: 'USD' };
}
