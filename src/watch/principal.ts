import type { Viewer } from '../access/viewer.js';

/** Whose a saved query is: the subject of a token and the organisation it is of, whatever the role. */
export interface Principal {
  organisation: string;
  subject: string;
}

export function isSame(a: Principal, b: Principal): boolean {
  return a.organisation === b.organisation && a.subject === b.subject;
}

/** One text for each. */
export function keyOf({ organisation, subject }: Principal): string {
  return JSON.stringify([organisation, subject]);
}

/** What is kept of who subscribed: each delivery is decided for them anew. */
export function ownerOf({ organisation, subject, role, scopes, purpose }: Viewer): Viewer {
  return {
    organisation,
    subject,
    role,
    scopes: [...scopes],
    ...(purpose !== undefined && { purpose }),
  };
}
