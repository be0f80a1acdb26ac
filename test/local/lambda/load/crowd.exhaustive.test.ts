import {existsSync} from 'node:fs';
import {test} from 'vitest';
import {nodeExtension} from './bash-programs.ts';
import {crowdOn} from './crowd.ts';

const bash = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'].some(path => existsSync(path));
if (!bash) console.log('skipped: the runtime of this test is a bash script, and there is no bash here');

test.skipIf(!bash)('200 callers on a reservation of 50, with a Node.js extension', () => crowdOn(nodeExtension));
