import { createInterface } from 'node:readline';
import { product } from './product.ts';

/**
 * A node of the product whose index is another one: `node bench/graph-node.ts DATA_DIRECTORY INDEX_FILE`. Prints its address,
 * and ends when its input does.
 */
const [directory, index] = process.argv.slice(2);
const { App } = await product<typeof import('../src/app.js')>('app.js');
const { readConfig } = await product<typeof import('../src/config.js')>('config.js');
const { Graph } = await product<typeof import('../src/graph/graph.js')>('graph/graph.js');
const { serve } = await product<typeof import('../src/cli/serve.js')>('cli/serve.js');

const app = await App.open(readConfig({ dataDirectory: directory!, logLevel: 'error' }));
const graph = await Graph.open(index!, { threads: true });
const service = await serve(Object.create(app, { graph: { value: graph } }) as typeof app, {
  host: '127.0.0.1',
  port: 0,
});
console.log(service.url);
for await (const line of createInterface(process.stdin)) void line;
await service.close();
await graph.close();
await app.close();
