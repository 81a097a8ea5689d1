import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './output.js';

/** How far long work has come, told on stderr. */
export interface Progress {
  update(done: number, total?: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 10_000;

/**
 * A bar on a terminal; elsewhere a line every ten seconds, so that short work stays silent, and nothing with `--json`.
 *
 * @param unit what is counted: `records`
 * @param total how many there will be; without it (0 when it will be told later) only a count is shown
 */
export function startProgress(
  output: Output,
  label: string,
  unit: string,
  total?: number,
): Progress {
  if (output.stderr.isTTY) return startBar(output, label, unit, total);
  return output.json
    ? { update: () => {}, stop: () => {} }
    : startLines(output, label, unit, total);
}

function startBar(output: Output, label: string, unit: string, total?: number): Progress {
  const format =
    total === undefined
      ? `${label}: {value} ${unit} | {duration_formatted}`
      : `${label} {bar} {percentage}% | {value}/{total} ${unit} | {duration_formatted}`;
  const options = { format, stream: output.stderr, hideCursor: true, clearOnComplete: true };
  const bar = new SingleBar({ ...options, gracefulExit: true }, Presets.shades_classic);
  // An unknown total would show as all of nothing being done.
  if (total !== 0) bar.start(total ?? 0, 0);
  return {
    update: (done, newTotal) => {
      if (total === 0 && !bar.isActive) bar.start(newTotal ?? 0, 0);
      if (newTotal !== undefined) bar.setTotal(newTotal);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

function startLines(output: Output, label: string, unit: string, total?: number): Progress {
  let saidAt = performance.now();
  let known = total;
  return {
    update: (done, newTotal) => {
      known = newTotal ?? known;
      if (performance.now() - saidAt < LINE_EVERY_MS) return;
      saidAt = performance.now();
      output.say(`${label}: ${done}${known ? ` of ${known}` : ''} ${unit}`);
    },
    stop: () => {},
  };
}
