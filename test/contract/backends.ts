import {embedded, embeddedLikeAws} from './embedded.ts';
import {moto} from './moto.ts';

/** Every backend; whether one can be had here is looked up where it is to be tested, and the reason printed if not. */
export const backends = [embedded, embeddedLikeAws, moto].map(backend => ({
  backend,
  get skip(): boolean {
    const reason = backend.unavailable();
    if (reason !== undefined) console.log(`Contract suite on ${backend.name} skipped: ${reason}`);
    return reason !== undefined;
  },
}));

/** Those on which the same deployment makes the same calls every time: nothing is refused for its rate or its moment. */
export const steadyBackends = backends.filter(({backend}) => backend !== embeddedLikeAws);

export type TestedBackend = (typeof backends)[number];

/** The fast tier meets the others in the main suite only; every suite meets them in the exhaustive tier. */
export const fastBackends = backends.filter(({backend}) => backend.isFast);
export const slowBackends = backends.filter(({backend}) => !backend.isFast);
