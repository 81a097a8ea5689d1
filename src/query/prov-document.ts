/** A value of PROV-JSON that is not a plain string. */
export interface ProvLiteral {
  $: string;
  type: string;
}

type ProvValue = string | ProvLiteral;
type ProvMembers = Record<string, ProvValue>;
type Given = Record<string, string | number | ProvLiteral | null>;

export type ProvRelation =
  | 'wasGeneratedBy'
  | 'used'
  | 'wasInvalidatedBy'
  | 'wasAttributedTo'
  | 'wasAssociatedWith'
  | 'hadMember';

const GS1_HOME = 'https://id.gs1.org/';

/** `gs1` for canonical GS1 keys; `uri` for every other identifier, percent-encoded whole; `pt` for what is of this program. */
const PREFIX = {
  prov: 'http://www.w3.org/ns/prov#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  gs1: GS1_HOME,
  uri: 'urn:provtrail:uri:',
  pt: 'urn:provtrail:',
};

/** Collects a document in PROV-JSON (W3C Member Submission, 24 April 2013). Each method gives the qualified name. */
export class ProvDocument {
  private readonly entities = new Map<string, ProvMembers>();
  private readonly activities = new Map<string, ProvMembers>();
  private readonly agents = new Map<string, ProvMembers>();
  private readonly relations = new Map<ProvRelation, ProvMembers[]>();
  private readonly told = new Set<string>();

  entity(id: string, members: Given = {}): string {
    return put(this.entities, qualify(id), members);
  }

  collection(id: string): string {
    return this.entity(id, {
      'prov:type': { $: 'prov:Collection', type: 'prov:QUALIFIED_NAME' },
    });
  }

  agent(id: string, members: Given = {}): string {
    return put(this.agents, qualify(id), members);
  }

  /** @param time RFC 3339; an event has no duration */
  activity(name: string, time: string, members: Given = {}): string {
    const times = { 'prov:startTime': time, 'prov:endTime': time };
    return put(this.activities, `pt:${name}`, { ...times, ...members });
  }

  /** Once, however often it is told. */
  relate(relation: ProvRelation, members: ProvMembers): void {
    const key = JSON.stringify([relation, members]);
    if (this.told.has(key)) return;
    this.told.add(key);
    const list = this.relations.get(relation);
    if (list) list.push(members);
    else this.relations.set(relation, [members]);
  }

  time(text: string): ProvLiteral {
    return { $: text, type: 'xsd:dateTime' };
  }

  format(): object {
    const kinds = { entity: this.entities, activity: this.activities, agent: this.agents };
    const named = Object.entries(kinds).filter(([, map]) => map.size > 0);
    const relations = [...this.relations].map(([relation, list]) => [
      relation,
      Object.fromEntries(list.map((members, i) => [`_:${relation}${i + 1}`, members])),
    ]);
    return {
      prefix: PREFIX,
      ...Object.fromEntries(named.map(([kind, map]) => [kind, Object.fromEntries(map)])),
      ...Object.fromEntries(relations),
    };
  }
}

function put(map: Map<string, ProvMembers>, name: string, members: Given): string {
  const known = map.get(name) ?? {};
  for (const [member, value] of Object.entries(members)) {
    if (value !== null) known[member] = formatValue(value);
  }
  map.set(name, known);
  return name;
}

function formatValue(value: string | number | ProvLiteral): ProvValue {
  return typeof value === 'number' ? { $: String(value), type: 'xsd:long' } : value;
}

function qualify(id: string): string {
  if (id.startsWith(GS1_HOME)) return `gs1:${id.slice(GS1_HOME.length)}`;
  return `uri:${encodeURIComponent(id)}`;
}
