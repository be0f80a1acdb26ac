import {fastBackends} from './backends.ts';
import {describeTeardown} from './teardown.ts';

for (const each of fastBackends) describeTeardown(each);
