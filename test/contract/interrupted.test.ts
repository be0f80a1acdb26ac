import {fastBackends} from './backends.ts';
import {describeInterruptions} from './interrupted.ts';

for (const each of fastBackends) describeInterruptions(each, 6);
