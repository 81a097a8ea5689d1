import { FactsEngine } from '../../dist/facts/facts-engine.js';

// follows an index in the smallest steps, says how far it is, and waits to be killed
const [directory, index] = process.argv.slice(2);
const engine = new FactsEngine({ directory, index });
for (;;) {
  const { settled, head } = await engine.step(1);
  process.stdout.write(`${settled} of ${head}\n`);
}
