import {backends} from './backends.ts';
import {describeInterruptions} from './interrupted.ts';

for (const each of backends) describeInterruptions(each, each.backend.isFast ? 12 : 2);
