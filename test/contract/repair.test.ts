import {fastBackends} from './backends.ts';
import {describeRepairs} from './repair.ts';

for (const each of fastBackends) describeRepairs(each);
