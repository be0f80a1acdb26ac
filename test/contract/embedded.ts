import type {Backend} from './backend.ts';

/** The embedded AWS, in this process. */
export const embedded: Backend = {
  name: 'embedded AWS',
  runsFunctions: true,
  changesIndexes: false,
  unavailable: () => undefined,
  async start() {
    const {startLocalAws} = await import('../../src/local/start.ts');
    const local = await startLocalAws({port: 0, settings: {tableDelayMs: 20}});
    return {endpoint: local.endpoint, stop: () => local.close()};
  },
};
