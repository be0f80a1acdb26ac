import {slowBackends} from './backends.ts';
import {describeTeardown} from './teardown.ts';

for (const each of slowBackends) describeTeardown(each);
