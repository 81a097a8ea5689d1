import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64url } from './crypto/bytes.js';
import { readKeyFile, writeKeyFile, type NodeKeys } from './crypto/key-file.js';
import { generateSigningKey, signerFromJwk } from './crypto/signing-key.js';
import { AppError } from './error.js';
import { Ledger } from './ledger/ledger.js';
import { storeError } from './level.js';

/** Raised when what is stored changes shape; an older program refuses a newer directory. */
const FORMAT = 1;

const DESCRIPTION = 'provtrail.json';
const KEY_FILE = 'keys.jwe';
const PASSPHRASE = 'passphrase';

/** What a data directory says of itself: nothing secret. */
export interface NodeDescription {
  v: 1;
  format: number;
  organisation: { name: string; slug: string };
  origin: string;
  /** The log's id: the CID of its genesis entry. */
  log: string;
}

export interface NewNode {
  organisation: string;
  /** Short name used in the log's origin; made from the organisation's name when absent. */
  slug?: string;
  /** Protects the key file; when absent one is made and kept beside it, mode 0600. */
  passphrase?: string;
  /** Rounds of PBES2 over the passphrase; tests lower it, since the default costs half a second an opening. */
  keyFileRounds?: number;
  now?: () => number;
}

/** @throws AppError DATA_DIRECTORY_EXISTS, BAD_USER_INPUT, STORE_FULL, STORE_FAILED */
export async function createDataDirectory(
  directory: string,
  node: NewNode,
): Promise<NodeDescription> {
  const organisation = {
    name: node.organisation.trim(),
    slug: node.slug ?? slugOf(node.organisation),
  };
  checkOrganisation(organisation);
  if (existsSync(join(directory, DESCRIPTION)) || existsSync(join(directory, KEY_FILE))) {
    throw new AppError(
      'DATA_DIRECTORY_EXISTS',
      'there is an organisation in this directory already',
      {
        hint: 'choose another directory',
      },
    );
  }
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const keys = generateKeys();
    const passphrase = node.passphrase ?? (await createPassphrase(directory));
    await writeKeyFile(join(directory, KEY_FILE), keys, passphrase, node.keyFileRounds);
    const origin = `${organisation.slug}.provtrail`;
    const ledger = await Ledger.create(join(directory, 'ledger'), {
      organisation: { ...organisation, identifiers: {} },
      origin,
      logSigner: signerFromJwk(keys.log),
      authorSigner: signerFromJwk(keys.author),
      now: node.now ?? Date.now,
      randomBytes,
    });
    const { log } = ledger;
    await ledger.close();
    const description: NodeDescription = { v: 1, format: FORMAT, organisation, origin, log };
    // Written last: a directory without it was not finished and is not opened.
    await writeDurably(
      join(directory, DESCRIPTION),
      `${JSON.stringify(description, null, 2)}\n`,
      0o644,
    );
    return description;
  } catch (error) {
    throw storeError(error);
  }
}

/** @throws AppError DATA_DIRECTORY_MISSING, DATA_DIRECTORY_NEWER, KEY_FILE_LOCKED */
export async function openDataDirectory(
  directory: string,
  passphrase?: string,
): Promise<{ keys: NodeKeys; description: NodeDescription }> {
  const description = readDescription(directory);
  const keys = await readKeyFile(
    join(directory, KEY_FILE),
    passphrase ?? storedPassphrase(directory),
  );
  return { keys, description };
}

/** @throws AppError DATA_DIRECTORY_MISSING, DATA_DIRECTORY_NEWER */
export function readDescription(directory: string): NodeDescription {
  const path = join(directory, DESCRIPTION);
  if (!existsSync(path)) {
    throw new AppError('DATA_DIRECTORY_MISSING', 'there is no organisation in this directory', {
      hint: 'make one with: provtrail init --data DIR --org NAME',
    });
  }
  let description: NodeDescription;
  try {
    description = JSON.parse(readFileSync(path, 'utf8')) as NodeDescription;
  } catch (error) {
    throw new AppError('STORE_FAILED', `${DESCRIPTION} cannot be read`, {}, { cause: error });
  }
  if (description.format > FORMAT) {
    throw new AppError('DATA_DIRECTORY_NEWER', 'this directory was written by a newer provtrail', {
      hint: 'upgrade provtrail',
    });
  }
  return description;
}

function generateKeys(): NodeKeys {
  return {
    v: 1,
    log: generateSigningKey(),
    author: generateSigningKey(),
    token: generateSigningKey(),
    master: toBase64url(randomBytes(32)),
  };
}

async function createPassphrase(directory: string): Promise<string> {
  const passphrase = toBase64url(randomBytes(24));
  await writeDurably(join(directory, PASSPHRASE), `${passphrase}\n`, 0o600);
  return passphrase;
}

function storedPassphrase(directory: string): string {
  const path = join(directory, PASSPHRASE);
  if (!existsSync(path)) {
    throw new AppError('KEY_FILE_LOCKED', 'the key file needs its passphrase', {
      hint: 'set PROVTRAIL_PASSPHRASE',
    });
  }
  return readFileSync(path, 'utf8').trim();
}

async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

function checkOrganisation({ name, slug }: { name: string; slug: string }): void {
  if (name.length === 0 || name.length > 200) {
    throw new AppError('BAD_USER_INPUT', 'an organisation needs a name of 1 to 200 characters');
  }
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(slug)) {
    throw new AppError('BAD_USER_INPUT', 'the short name may have a-z, 0-9 and - only', {
      hint: 'give one with --slug',
    });
  }
}
