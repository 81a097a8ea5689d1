import type { DatabaseSync } from 'node:sqlite';
import { canonicalEpc } from '../../record/gs1/identifier.js';
import type { Thing, ThingKind, ThingSource } from '../lineage/lineage-thing.js';
import { Select } from '../select.js';
import { PARTY_ROLES_SQL } from './known-sql.js';
import { CLASS_ROLE_MIN, THING_ROLE_MAX } from './thing-path.js';

/** Things by their names. */
export class ThingReader implements ThingSource {
  private readonly named: Select<[place: number, id: number]>;
  private readonly told: Select<[place: number, uri: string, role: number | null]>;

  constructor(database: DatabaseSync) {
    const roles = PARTY_ROLES_SQL.join(', ');
    this.named = new Select(
      database,
      `SELECT j.key, t.id FROM json_each(?1) j CROSS JOIN term t ON t.text = j.value
       WHERE EXISTS (SELECT 1 FROM mention m WHERE m.what = t.id
           AND m.role BETWEEN 0 AND ${THING_ROLE_MAX} AND m.seq <= ?2)
         OR EXISTS (SELECT 1 FROM mention m WHERE m.what = t.id
           AND m.role IN (${roles}) AND m.seq <= ?2)`,
    );
    this.told = new Select(
      database,
      `SELECT j.key, t.text, (SELECT min(m.role) FROM mention m
         WHERE m.what = t.id AND m.role BETWEEN 0 AND ${THING_ROLE_MAX})
       FROM json_each(?) j CROSS JOIN term t ON t.id = j.value`,
    );
  }

  /** In any form of an EPC; null for what no event known by `upTo` has named. */
  nodesOf(uris: readonly string[], upTo: number): (number | null)[] {
    const nodes = uris.map((): number | null => null);
    const canonical = JSON.stringify(uris.map(canonicalEpc));
    for (const [place, id] of this.named.all(canonical, upTo)) nodes[place] = -id;
    return nodes;
  }

  /** In the order of `nodes`; what is no term is left out. */
  describe(nodes: readonly number[]): Thing[] {
    const ids = JSON.stringify(nodes.map((node) => -node));
    return this.told.all(ids).map(([place, uri, role]) => ({
      node: nodes[place]!,
      kind: kindOf(role),
      uri,
    }));
  }
}

/** By the first of the roles of instances and classes it was ever named in; by none, it is somebody. */
function kindOf(role: number | null): ThingKind {
  if (role === null) return 'PARTY';
  return role < CLASS_ROLE_MIN ? 'ITEM' : 'CLASS';
}
