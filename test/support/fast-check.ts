import fc from 'fast-check';
import { share } from './share.js';

fc.configureGlobal({ seed: 1 });

/** fast-check, with the same cases at every run. */
export default fc;

/** For `fc.assert`: so many cases of what is slow. */
export function tries(count: number, seed = 1): { numRuns: number; seed: number } {
  return { numRuns: share(count), seed };
}
