import type { Viewer } from './viewer.js';

export type Action =
  | 'content.read'
  | 'record.list'
  | 'lineage.read'
  /** Figures made of records, as they are for whoever may read these, else without small groups. */
  | 'analytics.read'
  | 'record.capture'
  | 'record.correct'
  | 'ledger.read'
  | 'export'
  | 'metrics.read';

/** What is acted on. Without a class the question is about the operation as a whole. */
export interface Resource {
  class?: string;
  type?: string;
}

export interface Decision {
  permit: boolean;
  /** The rule that decided, for the access log. */
  rule: string;
}

interface Rule {
  name: string;
  effect: 'permit' | 'forbid';
  roles: readonly Viewer['role'][] | 'all';
  actions: readonly Action[];
  /** The word that must stand in the viewer's scopes. */
  scope?: 'read' | 'write';
  when?: (resource: Resource) => boolean;
}

const CARE: readonly Viewer['role'][] = ['clinician', 'payer', 'service'];
const STRUCTURE: readonly Action[] = ['record.list', 'lineage.read'];
const SUPPLY_CLASSES: readonly (string | undefined)[] = ['epcis.event', 'master.data'];

const isDataset = (resource: Resource) => resource.class === 'dataset';
const isSupply = (resource: Resource) => SUPPLY_CLASSES.includes(resource.class);
const isSupplyOrWhole = (resource: Resource) => resource.class === undefined || isSupply(resource);

/** The whole policy: the first forbid that applies decides, else the first permit, else nothing is permitted. */
const RULES: readonly Rule[] = [
  {
    name: 'no-content-by-role',
    effect: 'forbid',
    roles: ['anonymous', 'operator', 'auditor'],
    actions: ['content.read'],
  },
  // what a researcher makes of records is theirs to write and read; the records are not
  {
    name: 'no-content-of-others-by-research',
    effect: 'forbid',
    roles: ['researcher'],
    actions: ['content.read', 'record.capture', 'record.correct'],
    when: (resource) => !isDataset(resource),
  },
  {
    name: 'research-writes-datasets',
    effect: 'permit',
    roles: ['researcher'],
    actions: ['record.capture', 'record.correct'],
    scope: 'write',
    when: (resource) => isDataset(resource),
  },
  {
    name: 'research-reads-datasets',
    effect: 'permit',
    roles: ['researcher'],
    actions: ['content.read', 'export'],
    scope: 'read',
    when: (resource) => isDataset(resource),
  },
  {
    name: 'no-writing-by-role',
    effect: 'forbid',
    roles: ['anonymous', 'operator', 'auditor', 'patient'],
    actions: ['record.capture', 'record.correct'],
  },
  // the ledger holds nothing that identifies anyone, and verification must need nobody's leave
  { name: 'ledger-is-open', effect: 'permit', roles: 'all', actions: ['ledger.read'] },
  {
    name: 'care-reads',
    effect: 'permit',
    roles: CARE,
    actions: ['content.read', ...STRUCTURE, 'analytics.read', 'export'],
    scope: 'read',
  },
  {
    name: 'care-writes',
    effect: 'permit',
    roles: CARE,
    actions: ['record.capture', 'record.correct'],
    scope: 'write',
  },
  {
    name: 'supply-reads-supply',
    effect: 'permit',
    roles: ['supply'],
    actions: ['content.read', 'analytics.read', 'export'],
    scope: 'read',
    when: isSupply,
  },
  {
    name: 'supply-lists-supply',
    effect: 'permit',
    roles: ['supply'],
    actions: STRUCTURE,
    scope: 'read',
    when: isSupplyOrWhole,
  },
  {
    name: 'supply-writes-supply',
    effect: 'permit',
    roles: ['supply'],
    actions: ['record.capture', 'record.correct'],
    scope: 'write',
    when: isSupplyOrWhole,
  },
  {
    name: 'research-reads-structure',
    effect: 'permit',
    roles: ['researcher'],
    actions: [...STRUCTURE, 'analytics.read', 'export'],
    scope: 'read',
  },
  {
    name: 'audit-reads-proofs',
    effect: 'permit',
    roles: ['auditor'],
    actions: [...STRUCTURE, 'analytics.read', 'export'],
    scope: 'read',
  },
  {
    name: 'operator-reads-metrics',
    effect: 'permit',
    roles: ['operator'],
    actions: ['metrics.read'],
    scope: 'read',
  },
];

/**
 * The one decision function: default deny, forbid wins. Pure, so that a decision can be replayed.
 * Content and export are asked for each record, figures for each class they are of, with that class. Listing, lineage and writing are asked once without
 * a class for the operation, and again for each record they would return or write.
 */
export function decide(viewer: Viewer, action: Action, resource: Resource): Decision {
  const matching = RULES.filter((rule) => applies(rule, viewer, action, resource));
  const rule = matching.find(({ effect }) => effect === 'forbid') ?? matching[0];
  return { permit: rule?.effect === 'permit', rule: rule?.name ?? 'default-deny' };
}

function applies(rule: Rule, viewer: Viewer, action: Action, resource: Resource): boolean {
  return (
    (rule.roles === 'all' || rule.roles.includes(viewer.role)) &&
    rule.actions.includes(action) &&
    (rule.scope === undefined || viewer.scopes.includes(rule.scope)) &&
    (rule.when === undefined || rule.when(resource))
  );
}
