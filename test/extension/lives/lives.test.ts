import {test} from 'vitest';
import {seed} from '../../support/seed.ts';
import {liveRealLives, liveVirtualLives} from './many-lives.ts';

test(`2,000 environments with failures, resets and kills (LIFECYCLE_SEED=${seed})`, () => liveVirtualLives(2_000));

test(`4 environments of real processes (LIFECYCLE_SEED=${seed})`, () => liveRealLives(4));
