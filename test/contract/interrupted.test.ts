import {backends} from './backends.ts';
import {describeInterruptions} from './interrupted.ts';

for (const each of backends.filter(({backend}) => backend.isFast)) describeInterruptions(each, 6);
