import {fastBackends} from './backends.ts';
import {describeFaults} from './met-faults.ts';

for (const each of fastBackends) describeFaults(each);
