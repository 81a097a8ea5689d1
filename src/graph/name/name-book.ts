import { keyOf, type NameKind } from './name.js';

/** A record across its versions. One object for all who hold it, so that a revision is seen by every name. */
export interface Subject {
  /** seq of the first version. */
  origin: number;
  /** seq and number of the newest version. */
  latest: number;
  ver: number;
}

/** Who bears a name: one version, of one record. */
export interface Holder {
  seq: number;
  subject: Subject;
}

/** A reference to a name nobody bears yet. */
export interface WaitingReference {
  /** Rises in the order in which references were met. */
  id: number;
  src: number;
  /** As in `pending`: see inverse.ts. */
  rel: number;
  path: number;
}

/** A name as of the ledger position that has been reached. */
export interface Name {
  kind: NameKind;
  text: string;
  key: number;
  /** Who bears it: the newest claim. */
  holder: Holder | undefined;
  /** Who waits for it. */
  waiting: WaitingReference[] | undefined;
  /** What has to be looked up: who bears it, who waits for it. */
  isAsked: boolean;
  isBorne: boolean;
  /** The last row that refers to it, and a bit for each relation it does so by. */
  citedBy: number;
  citedAs: number;
}

/** The names a run of rows speaks of, each kept once. */
export class NameBook {
  private readonly names: Record<NameKind, Map<string, Name>> = {
    cid: new Map(),
    rid: new Map(),
    alias: new Map(),
    identifier: new Map(),
  };

  of(kind: NameKind, text: string): Name {
    const known = this.names[kind].get(text);
    if (known) return known;
    const key = keyOf(kind, text);
    const name: Name = {
      kind,
      text,
      key,
      holder: undefined,
      waiting: undefined,
      isAsked: false,
      isBorne: false,
      citedBy: -1,
      citedAs: 0,
    };
    this.names[kind].set(text, name);
    return name;
  }

  *all(): Generator<Name> {
    for (const names of Object.values(this.names)) yield* names.values();
  }
}
