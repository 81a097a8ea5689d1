/** Calls a second of a synchronous call, after a warm-up of a fifth of the time. */
export function rateOf(call: () => void, durationMs: number): number {
  runFor(call, durationMs / 5);
  const { calls, ms } = runFor(call, durationMs);
  return perSecond(calls, ms);
}

function runFor(call: () => void, durationMs: number): { calls: number; ms: number } {
  const startedAt = performance.now();
  let calls = 0;
  let ms = 0;
  while (ms < durationMs) {
    for (let i = 0; i < 64; i++) call();
    calls += 64;
    ms = performance.now() - startedAt;
  }
  return { calls, ms };
}

export function perSecond(count: number, ms: number): number {
  return (count * 1000) / ms;
}

/** The smallest sample that at least `share` (0 to 1) of all samples do not exceed. */
export function percentile(samples: number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export async function timed<T>(call: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await call();
  return { value, ms: performance.now() - startedAt };
}
