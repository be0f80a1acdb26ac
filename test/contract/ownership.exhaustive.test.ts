import {slowBackends} from './backends.ts';
import {describeOwnership} from './ownership.ts';

for (const each of slowBackends) describeOwnership(each);
