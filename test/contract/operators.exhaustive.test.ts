import {backends} from './backends.ts';
import {describeOperators} from './operators.ts';

for (const each of backends) describeOperators(each, each.backend.isFast ? 12 : 2);
