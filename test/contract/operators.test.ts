import {backends} from './backends.ts';
import {describeOperators} from './operators.ts';

for (const each of backends.filter(({backend}) => backend.isFast)) describeOperators(each, 6);
