import {test} from 'vitest';
import {sandboxForms} from '../sandbox/sandbox-forms.ts';
import {killUnderLoad, seeded} from './killed-endpoint.ts';

const linux = process.platform === 'linux';
if (!linux) console.log('skipped: processes are looked for in /proc, which is not here');
const random = seeded();
const forms = await sandboxForms();
const cases = [0, 1, 2].map(kill => ({kill: kill + 1, ...forms[kill % forms.length]!}));

test.for(cases)('kill -9 under load leaves nothing ($sandbox, $kill)', {timeout: 60_000}, async (one, {skip}) => {
  skip(!linux, 'no /proc');
  skip(one.refusal !== undefined, one.refusal);
  await killUnderLoad(one.sandbox, random);
});
