import {slowBackends} from './backends.ts';
import {describeRepairs} from './repair.ts';

for (const each of slowBackends) describeRepairs(each);
