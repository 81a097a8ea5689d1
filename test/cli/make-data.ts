import { App } from '../../src/app.js';

/** Makes an organisation as `init` does, but with a key file that opens at once. */
export async function makeData(directory: string, organisation: string): Promise<void> {
  await App.init(directory, { organisation, keyFileRounds: 1_000 });
}
