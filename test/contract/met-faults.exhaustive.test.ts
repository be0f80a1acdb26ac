import {slowBackends} from './backends.ts';
import {describeFaults} from './met-faults.ts';

for (const each of slowBackends) describeFaults(each);
