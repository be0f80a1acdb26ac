import type {Backend} from './backend.ts';

/** The embedded AWS, in this process. */
export const embedded: Backend = {
  name: 'embedded AWS',
  runsFunctions: true,
  changesIndexes: false,
  isFast: true,
  hasWay: true,
  unavailable: () => undefined,
  async start(traffic) {
    const {startLocalAws} = await import('../../src/local/start.ts');
    const settings = {tableDelayMs: 20, functionCreateMs: 20, functionUpdateMs: 20};
    const local = await startLocalAws({port: 0, settings, ...(traffic && {traffic})});
    return {endpoint: local.endpoint, stop: () => local.close()};
  },
};
