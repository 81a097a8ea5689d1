/** A journey takes so long at most, ms: what is under way for longer should have been received. */
export const JOURNEY_MAX_MS = 14 * 86_400_000;
