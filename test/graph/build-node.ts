import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { Archive } from '../../src/archive/archive.js';
import { encodeBlock } from '../../src/archive/block.js';
import { toBase64url } from '../../src/crypto/bytes.js';
import { Keyring } from '../../src/crypto/keyring.js';
import { sealRecord } from '../../src/crypto/seal.js';
import { generateSigningKey, signerFromJwk, type Signer } from '../../src/crypto/signing-key.js';
import { Follower, type FollowerRooms } from '../../src/graph/follow/follower.js';
import { formatEntryRow } from '../../src/graph/follow/entry-row.js';
import { Graph } from '../../src/graph/graph.js';
import type { IndexRow } from '../../src/graph/row.js';
import { Ledger, type Receipt } from '../../src/ledger/ledger.js';
import { formatStatement } from '../../src/ledger/statement.js';
import { readDocument } from '../../src/record/document.js';
import { isProblem, type Draft } from '../../src/record/draft.js';

const ORGANISATION = { name: 'Hospital A', slug: 'hospital-a', identifiers: {} };

/** The rooms a follower needs, real ones on disk, and the smallest write flow that fills them. */
export class TestNode {
  /** Lines the follower logged. */
  readonly logged: string[] = [];
  readonly logger: Logger = pino({}, { write: (line: string) => this.logged.push(line) });

  private constructor(
    readonly directory: string,
    readonly ledger: Ledger,
    readonly archive: Archive,
    readonly keyring: Keyring,
    readonly author: Signer,
    public graph: Graph,
  ) {}

  static async open(directory: string): Promise<TestNode> {
    mkdirSync(directory, { recursive: true });
    const author = signerFromJwk(generateSigningKey());
    const ledger = await Ledger.create(join(directory, 'ledger'), {
      organisation: ORGANISATION,
      origin: 'hospital-a.provtrail',
      logSigner: signerFromJwk(generateSigningKey()),
      authorSigner: author,
    });
    const keyring = await Keyring.open(join(directory, 'keyring'), randomBytes(32));
    const archive = await Archive.open(join(directory, 'blocks'));
    const graph = await Graph.open(join(directory, 'graph.sqlite'), { threads: false });
    return new TestNode(directory, ledger, archive, keyring, author, graph);
  }

  follow(overrides: Partial<FollowerRooms> = {}): Follower {
    return new Follower({ ...this, ...overrides });
  }

  /** Seals and appends every record of a document; hands it over when there is a follower to hand it to. */
  async capture(
    text: string,
    { follower, isUnknownKey }: { follower?: Follower; isUnknownKey?: boolean } = {},
  ): Promise<Receipt[]> {
    const statements = [];
    const drafts: Draft[] = [];
    for (const draft of readDocument(text)) {
      if (isProblem(draft)) throw new Error(draft.message);
      statements.push(await this.seal(draft, isUnknownKey ?? false));
      drafts.push(draft);
    }
    const receipts = await this.ledger.append(
      statements.map(({ statement }) => statement),
      { trusted: true },
    );
    const rows = await Promise.all(
      receipts.map((receipt, i) => this.formatRow(receipt, drafts[i]!)),
    );
    follower?.handOver(rows);
    return receipts;
  }

  private async formatRow({ seq }: Receipt, { mediaType, extract }: Draft): Promise<IndexRow> {
    const { row } = formatEntryRow(await this.ledger.entry(seq));
    return { ...row, state: 'AVAILABLE', mediaType, extractText: JSON.stringify(extract) };
  }

  async close(): Promise<void> {
    await this.graph.close();
    await this.archive.close();
    await this.keyring.close();
    await this.ledger.close();
  }

  private async seal(
    { text, mediaType, class: recordClass, scopeLabel }: Draft,
    isUnknownKey: boolean,
  ) {
    const [known] = await this.keyring.promiseScopes([scopeLabel]);
    const scope = isUnknownKey ? { id: randomBytes(16), epoch: 1, kek: randomBytes(32) } : known!;
    const log = this.ledger.log;
    const rid = toBase64url(randomBytes(16));
    const sealed = sealRecord({
      plaintext: text,
      mediaType,
      log,
      rid,
      ver: 1,
      scope,
      randomBytes: (n) => randomBytes(n),
    });
    const block = encodeBlock(sealed.block);
    const ref = { rid, ver: 1, scopeId: toBase64url(scope.id), epoch: scope.epoch };
    await this.archive.put([{ ...block, ref }]);
    await this.keyring.settle([{ scopeId: toBase64url(known!.id), epoch: known!.epoch }]);
    const statement = await formatStatement(
      {
        v: 1,
        type: 'record.put',
        log,
        iat: Date.now(),
        nonce: toBase64url(randomBytes(16)),
        rid,
        ver: 1,
        record: block.cid,
        size: sealed.sizeBytes,
        cekc: sealed.commitment,
        class: recordClass,
        links: [],
      },
      this.author,
    );
    return { statement, recordCid: block.cid };
  }
}

/** Everything the index tells of the first entries, to compare one index with another. */
export async function dump({ read }: Graph): Promise<unknown> {
  const status = await read.status();
  const nodes = await read.recordsBySeq(Array.from({ length: status.cursor }, (_, seq) => seq));
  const records = [];
  for (const node of nodes) {
    if (!node) continue;
    const { edges } = await read.edgesOf(node.recordCid, 'UPSTREAM');
    records.push({ node, edges, identifiers: await read.identifiersOf(node.recordCid) });
  }
  return { status, records };
}

/** A visit with its bill, as a Bundle whose references are of every kind. */
export function buildVisit(n: number): string {
  const patient = { reference: `urn:uuid:patient-${n}` };
  const resource = (type: string, members: object) => ({
    fullUrl: `urn:uuid:${type.toLowerCase()}-${n}`,
    resource: { resourceType: type, id: `${type.toLowerCase()}-${n}`, ...members },
  });
  const coding = { coding: [{ system: 'http://loinc.org', code: '1-8' }] };
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      resource('Claim', {
        status: 'active',
        type: coding,
        use: 'claim',
        patient,
        created: '2026-01-02',
        provider: { reference: 'Practitioner?identifier=http://hl7.org/npi|999' },
        priority: coding,
        insurance: [{ sequence: 1, focal: true, coverage: { display: 'x' } }],
        item: [
          {
            sequence: 1,
            productOrService: coding,
            encounter: [{ reference: `Encounter/encounter-${n}` }],
          },
        ],
      }),
      resource('Encounter', { status: 'finished', class: { code: 'AMB' }, subject: patient }),
      resource('Patient', {
        identifier: [{ system: 'http://hospital.example/mrn', value: `canary-mrn-${n}` }],
        name: [{ family: 'Canary' }],
      }),
    ],
  });
}
