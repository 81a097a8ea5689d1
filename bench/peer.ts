import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.ts';
import type { Stage } from './stage.ts';

const HERE = import.meta.dirname;

/** What others are measured by is installed beside the bench when it is first needed; the product does not carry it. */
export async function installPeer(stage: Stage, name: string): Promise<void> {
  if (existsSync(join(HERE, 'node_modules', name))) return;
  stage.progress(`installing ${name} beside the bench (once)`);
  const install = ['ci', '--prefix', HERE, '--ignore-scripts', '--no-audit', '--no-fund'];
  await runChild(stage, 'npm', install);
}

/** A package of the peers, typed by what is used of it. */
export async function loadPeer<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}
