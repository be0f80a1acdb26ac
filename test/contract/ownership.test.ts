import {fastBackends} from './backends.ts';
import {describeOwnership} from './ownership.ts';

for (const each of fastBackends) describeOwnership(each);
