import {fastBackends} from './backends.ts';
import {describeNeighbours} from './neighbours.ts';

for (const each of fastBackends) describeNeighbours(each);
