import { readFileSync } from 'node:fs';

/** Written by codegen: `sha256:` and the hash of each operation of our own client -> its text. */
const FILE = new URL('../../../src/cli/gql/persisted-documents.json', import.meta.url);

/**
 * Lets a client send the hash of an operation in place of its text, for operations known when the program was
 * built. Nothing sent by a client is ever added, so nobody can fill it or put another text behind a hash.
 */
export class TrustedDocuments {
  private documents: Map<string, string> | undefined;

  async get(hash: string): Promise<string | undefined> {
    this.documents ??= readDocuments();
    // Apollo asks with a prefix of its own, a documentId names its algorithm
    return this.documents.get(hash.replace(/^(apq:)?(sha256:)?/, 'sha256:'));
  }

  async set(): Promise<void> {}

  async delete(): Promise<boolean> {
    return false;
  }
}

function readDocuments(): Map<string, string> {
  try {
    return new Map(
      Object.entries(JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>),
    );
  } catch {
    return new Map();
  }
}
