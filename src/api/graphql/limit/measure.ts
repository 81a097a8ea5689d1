import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of a document as it would be executed: every fragment counted wherever it is spread. */
export interface Measure {
  /** Deepest nesting of fields. */
  depth: number;
  /** Deepest nesting below `__schema` or `__type`; 0 when there is no introspection. */
  introspectionDepth: number;
  fields: number;
  aliases: number;
  directives: number;
}

const NOTHING: Measure = { depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, directives: 0 };

/**
 * Measures a parsed document in time linear in its length, before anything else walks it. Each fragment
 * is measured once, so what doubles at every spread costs nothing to count; a cycle ends where it closes.
 */
export function measureDocument(document: DocumentNode): Measure {
  const walk = new Walk(document);
  return document.definitions.reduce((sum, definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return sum;
    const directives = directivesOf(definition, ...(definition.variableDefinitions ?? []));
    return largest(sum, add(walk.selectionSet(definition.selectionSet), { directives }));
  }, walk.unspread());
}

class Walk {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Measure>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  /** The largest fragment, so that a document of fragments alone is bounded as well. */
  unspread(): Measure {
    return [...this.fragments.values()]
      .map(({ name, typeCondition }) => {
        const measure = this.fragment(name.value);
        if (!typeCondition.name.value.startsWith('__')) return measure;
        return { ...measure, depth: 0, introspectionDepth: measure.depth };
      })
      .reduce(largest, NOTHING);
  }

  selectionSet(set: SelectionSetNode): Measure {
    let sum = NOTHING;
    for (const selection of set.selections) sum = sumOf(sum, this.selection(selection));
    return sum;
  }

  private selection(node: SelectionNode): Measure {
    const directives = directivesOf(node);
    switch (node.kind) {
      case Kind.FRAGMENT_SPREAD:
        return add(this.fragment(node.name.value), { directives });
      case Kind.INLINE_FRAGMENT:
        return add(this.selectionSet(node.selectionSet), { directives });
      case Kind.FIELD: {
        const inner = node.selectionSet ? this.selectionSet(node.selectionSet) : NOTHING;
        const sum = add(inner, { directives, fields: 1, aliases: node.alias ? 1 : 0 });
        return /^__(schema|type)$/.test(node.name.value)
          ? { ...sum, depth: 1, introspectionDepth: inner.depth + 1 }
          : { ...sum, depth: inner.depth + 1 };
      }
    }
  }

  private fragment(name: string): Measure {
    const known = this.measured.get(name);
    if (known) return known;
    this.measured.set(name, NOTHING);
    const definition = this.fragments.get(name);
    if (!definition) return NOTHING;
    const directives = directivesOf(definition);
    const measure = add(this.selectionSet(definition.selectionSet), { directives });
    this.measured.set(name, measure);
    return measure;
  }
}

function directivesOf(...nodes: { readonly directives?: readonly unknown[] }[]): number {
  return nodes.reduce((sum, node) => sum + (node.directives?.length ?? 0), 0);
}

function add(measure: Measure, more: Partial<Measure>): Measure {
  return sumOf(measure, { ...NOTHING, ...more });
}

/** Side by side: depths are the deeper one, counts add up (2^1000 is still a number, and too many). */
function sumOf(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
  };
}

function largest(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    fields: Math.max(a.fields, b.fields),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
  };
}
