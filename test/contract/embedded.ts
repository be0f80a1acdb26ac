import type {WantedSettings} from '../../src/local/settings.ts';
import type {Backend} from './backend.ts';

/** Waits that are there, and short. */
export const quick: WantedSettings = {tableDelayMs: 20, functionCreateMs: 20, functionUpdateMs: 20};

/** The embedded AWS, in this process. */
export const embedded = embeddedOn('embedded AWS', quick, {isFast: true});

/** The same with AWS's delays, rates and conflicts, a hundred times as fast. */
export const embeddedLikeAws = embeddedOn(
  'embedded AWS, like AWS',
  {behaviour: 'aws', timeScale: 0.01},
  {isFast: false},
);

/** The embedded AWS with settings of its own. */
export function embeddedOn(name: string, settings: WantedSettings, {isFast} = {isFast: false}): Backend {
  return {
    name,
    runsFunctions: true,
    changesIndexes: false,
    tagsApis: true,
    isFast,
    hasWay: true,
    unavailable: () => undefined,
    async start(traffic) {
      const {startLocalAws} = await import('../../src/local/start.ts');
      const local = await startLocalAws({port: 0, settings, ...(traffic && {traffic})});
      return {endpoint: local.endpoint, stop: () => local.close()};
    },
  };
}
