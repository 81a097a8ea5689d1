import { App } from '../app.js';
import type { Config } from '../config.js';

/** Opens a node for work that ends by itself: its everyday log lines would only be in the way. */
export function openNode(config: Config): Promise<App> {
  return App.open({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel });
}
