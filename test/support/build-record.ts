/** A structurally valid FHIR Observation; `n` tells one from another. */
export function buildObservation(n: number, members: Record<string, unknown> = {}): string {
  return JSON.stringify({
    resourceType: 'Observation',
    id: `obs-${n}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: `Patient/p-${n % 10}` },
    effectiveDateTime: '2026-01-02T03:04:05Z',
    ...members,
  });
}
