/** By what a record of a dispensing and the event of it were matched; the strongest first. Position is the stored code. */
export const MATCH_RULES = ['PRESCRIPTION', 'SERIAL', 'NDC'] as const;

export type MatchRule = (typeof MATCH_RULES)[number];

const START = 'match:';

/** Stands in the place of a joined edge's path. */
export function formatRule(rule: MatchRule): string {
  return START + rule;
}

/** The rule that a path stands for; undefined for the path of a reference. */
export function ruleOf(path: string): MatchRule | undefined {
  if (!path.startsWith(START)) return undefined;
  return MATCH_RULES.find((rule) => path === formatRule(rule));
}
