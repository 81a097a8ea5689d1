import { describe, expect, it } from '@jest/globals';
import { decide, type Action } from '../../src/access/policy.js';
import { ANONYMOUS, isRole, type Viewer } from '../../src/access/viewer.js';
import fc from '../support/fast-check.js';

const ACTIONS: Action[] = [
  'content.read',
  'record.list',
  'lineage.read',
  'analytics.read',
  'record.capture',
  'record.correct',
  'ledger.read',
  'export',
  'metrics.read',
];
const ROLES = [
  'patient',
  'clinician',
  'payer',
  'supply',
  'researcher',
  'auditor',
  'operator',
  'service',
] as const;
const CLASSES = ['fhir.resource', 'epcis.event', 'master.data', 'dataset', undefined];
const READ: Action[] = ['content.read', 'record.list', 'lineage.read', 'analytics.read', 'export'];
const WRITE: Action[] = ['record.capture', 'record.correct'];

const viewer = (role: Viewer['role'], scopes = ['read', 'write']): Viewer => ({
  subject: 's',
  organisation: 'o',
  role,
  scopes,
});
const permitted = (who: Viewer, resourceClass: string | undefined) =>
  ACTIONS.filter((action) => decide(who, action, { class: resourceClass }).permit);

describe('policy', () => {
  it.each<[Viewer['role'], Action[]]>([
    ['anonymous', ['ledger.read']],
    ['patient', ['ledger.read']],
    ['clinician', [...READ, ...WRITE, 'ledger.read']],
    ['payer', [...READ, ...WRITE, 'ledger.read']],
    ['service', [...READ, ...WRITE, 'ledger.read']],
    ['supply', ['ledger.read']],
    ['researcher', ['record.list', 'lineage.read', 'analytics.read', 'ledger.read', 'export']],
    ['auditor', ['record.list', 'lineage.read', 'analytics.read', 'ledger.read', 'export']],
    ['operator', ['ledger.read', 'metrics.read']],
  ])('permits %s, about a FHIR resource, no more than %j', (role, actions) => {
    expect(permitted(viewer(role), 'fhir.resource').sort()).toEqual([...actions].sort());
  });

  it.each(['epcis.event', 'master.data'])(
    'permits supply to read and write %s',
    (resourceClass) => {
      expect(permitted(viewer('supply'), resourceClass).sort()).toEqual(
        [...READ, ...WRITE, 'ledger.read'].sort(),
      );
    },
  );

  it('lets supply list and write before the class is known, but not open', () => {
    expect(permitted(viewer('supply'), undefined).sort()).toEqual(
      ['record.list', 'lineage.read', ...WRITE, 'ledger.read'].sort(),
    );
    expect(permitted(viewer('supply'), 'dataset')).toEqual(['ledger.read']);
  });

  it('shows the ledger to everyone, with or without a token', () => {
    for (const role of [...ROLES, 'anonymous'] as const) {
      expect(decide(viewer(role, []), 'ledger.read', {}).permit).toBe(true);
    }
  });

  it('permits nobody to read without the scope "read" nor to write without "write"', () => {
    for (const role of ROLES) {
      for (const resourceClass of CLASSES) {
        const reading = permitted(viewer(role, ['write']), resourceClass);
        expect(reading.filter((action) => !WRITE.includes(action))).toEqual(['ledger.read']);
        const writing = permitted(viewer(role, ['read']), resourceClass);
        expect(writing.filter((action) => WRITE.includes(action))).toEqual([]);
      }
    }
  });

  it('takes a scope for the whole word only', () => {
    const scopes = ['READ', 'read ', 'read write', 'reader', '*', 'user/*.read'];
    expect(permitted(viewer('service', scopes), 'fhir.resource')).toEqual(['ledger.read']);
  });

  it('lets a researcher write and read datasets, and nothing else', () => {
    expect(permitted(viewer('researcher'), 'dataset').sort()).toEqual(
      [...READ, ...WRITE, 'ledger.read'].sort(),
    );
    for (const resourceClass of CLASSES.filter((name) => name !== 'dataset')) {
      const open = permitted(viewer('researcher'), resourceClass);
      for (const action of ['content.read', ...WRITE] as const) expect(open).not.toContain(action);
    }
  });

  it('never opens content to anonymous, operator, auditor or patient, nor records to research', () => {
    const roles = ['anonymous', 'operator', 'researcher', 'auditor', 'patient'] as const;
    for (const role of roles) {
      for (const resourceClass of CLASSES) {
        if (role === 'researcher' && resourceClass === 'dataset') continue;
        const scopes = ['read', 'write', 'content.read'];
        expect(decide(viewer(role, scopes), 'content.read', { class: resourceClass }).permit).toBe(
          false,
        );
      }
    }
  });

  it('lets nobody anonymous in by giving itself scopes', () => {
    expect(permitted({ ...ANONYMOUS, scopes: ['read', 'write'] }, 'fhir.resource')).toEqual([
      'ledger.read',
    ]);
  });

  it('denies by default what it does not know', () => {
    const stranger = viewer('administrator' as Viewer['role']);
    expect(decide(stranger, 'record.list', {})).toEqual({ permit: false, rule: 'default-deny' });
    const unknown = 'record.destroy' as Action;
    expect(decide(viewer('service'), unknown, {})).toEqual({ permit: false, rule: 'default-deny' });
    for (const name of ['__proto__', 'constructor', 'toString', '']) {
      expect(decide(viewer(name as Viewer['role']), 'content.read', {}).permit).toBe(false);
      expect(decide(viewer('service'), name as Action, {}).permit).toBe(false);
    }
  });

  it('names the rule that decided', () => {
    expect(decide(viewer('operator'), 'content.read', {}).rule).toBe('no-content-by-role');
    expect(decide(viewer('auditor'), 'record.capture', {}).rule).toBe('no-writing-by-role');
    expect(decide(viewer('payer'), 'content.read', { class: 'fhir.resource' }).rule).toBe(
      'care-reads',
    );
    expect(decide(viewer('patient'), 'content.read', {}).rule).toBe('default-deny');
  });

  it('decides the same every time and changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.constantFrom(...ACTIONS),
        fc.constantFrom(...CLASSES),
        fc.subarray(['read', 'write']),
        (role, action, resourceClass, scopes) => {
          const who = Object.freeze(viewer(role, scopes));
          const resource = Object.freeze({ class: resourceClass });
          expect(decide(who, action, resource)).toEqual(decide(who, action, resource));
        },
      ),
    );
  });

  it('never permits less for more scopes', () => {
    for (const role of ROLES) {
      for (const resourceClass of CLASSES) {
        const all = permitted(viewer(role), resourceClass);
        for (const scopes of [[], ['read'], ['write']]) {
          expect(all).toEqual(
            expect.arrayContaining(permitted(viewer(role, scopes), resourceClass)),
          );
        }
      }
    }
  });
});

describe('viewer', () => {
  it('without a token is nobody and cannot be given rights', () => {
    expect(ANONYMOUS).toEqual({ subject: '', organisation: '', role: 'anonymous', scopes: [] });
    expect(() => ANONYMOUS.scopes.push('read')).toThrow(TypeError);
    expect(() => Object.assign(ANONYMOUS, { role: 'service' })).toThrow(TypeError);
  });

  it('has one of eight roles; anonymous is not one a token may name', () => {
    expect(ROLES.every(isRole)).toBe(true);
    for (const value of [
      'anonymous',
      'Patient',
      '__proto__',
      '',
      0,
      null,
      undefined,
      ['patient'],
    ]) {
      expect(isRole(value)).toBe(false);
    }
  });
});
