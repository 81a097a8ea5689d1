import { CLINICIAN, type TestApi } from './start-api.js';

/** Receipt of a captured record. */
export interface Captured {
  cid: string;
  rid: string;
  seq: number;
  entryCid: string;
}

const CAPTURE = `mutation ($input: CaptureInput!) {
  capture(input: $input) {
    receipts { cid rid seq entryCid }
    userErrors { code message pointer }
  }
}`;

/** Captures documents and waits until queries find them. */
export async function captureAll(api: TestApi, documents: string[]): Promise<Captured[]> {
  const input = { documents: documents.map((content) => ({ content })), waitFor: 'INDEXED' };
  const { capture } = await api.get<{ capture: { receipts: Captured[]; userErrors: unknown[] } }>(
    CLINICIAN,
    CAPTURE,
    { input },
  );
  if (capture.userErrors.length > 0) throw new Error(JSON.stringify(capture.userErrors));
  return capture.receipts;
}
