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

/** What a caller acts as; a token names exactly one. */
export type Role = (typeof ROLES)[number];

/** Who asks. Computed once from a verified token and passed down; never read from a request body. */
export interface Viewer {
  subject: string;
  organisation: string;
  role: Role | 'anonymous';
  /** `read` for every reading, `write` for capture and correction. */
  scopes: string[];
  /** HL7 v3 PurposeOfUse code, when the token carries one. */
  purpose?: string;
}

/** Whoever shows no token. */
export const ANONYMOUS: Viewer = Object.freeze({
  subject: '',
  organisation: '',
  role: 'anonymous',
  scopes: Object.freeze([]) as unknown as string[],
});

/** True for a role a token may carry; `anonymous` is none. */
export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}
