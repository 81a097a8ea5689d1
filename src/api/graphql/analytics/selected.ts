import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/** Names of the fields asked for under one field of the answer: what nobody asks for is not worked out. */
export function selectedUnder(info: GraphQLResolveInfo, field: string): string[] {
  const below = (set: SelectionSetNode | undefined): { name: string; set?: SelectionSetNode }[] =>
    (set?.selections ?? []).flatMap((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return [{ name: selection.name.value, set: selection.selectionSet }];
        case Kind.INLINE_FRAGMENT:
          return below(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return below(info.fragments[selection.name.value]?.selectionSet);
      }
    });
  const asked = info.fieldNodes.flatMap((node) => below(node.selectionSet));
  const inner = asked.filter(({ name }) => name === field).flatMap(({ set }) => below(set));
  return [...new Set(inner.map(({ name }) => name))];
}
