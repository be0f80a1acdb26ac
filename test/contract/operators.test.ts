import {fastBackends} from './backends.ts';
import {describeOperators} from './operators.ts';

for (const each of fastBackends) describeOperators(each, 6);
