import {slowBackends} from './backends.ts';
import {describeNeighbours} from './neighbours.ts';

for (const each of slowBackends) describeNeighbours(each);
