const EVENT_WORDS = ['SITE', 'ORGANISATION', 'sites', 'organisations'];

/** Where and by whom: `e.site` and `e.author` of the event of `i`, looked up only when they are used. */
export function eventsFor(used: ReadonlySet<string>): string {
  return EVENT_WORDS.some((word) => used.has(word))
    ? 'JOIN event e ON e.seq = i.seq'
    : 'CROSS JOIN (SELECT NULL AS site, NULL AS author) e';
}
