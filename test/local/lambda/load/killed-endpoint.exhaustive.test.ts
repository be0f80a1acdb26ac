import {test} from 'vitest';
import {sandboxForms} from '../sandbox/sandbox-forms.ts';
import {killUnderLoad, seeded} from './killed-endpoint.ts';

const linux = process.platform === 'linux';
if (!linux) console.log('skipped: processes are looked for in /proc, which is not here');
const random = seeded();

test.for(await sandboxForms())('kill -9 under load leaves nothing, ten times ($sandbox)', async (form, {skip}) => {
  skip(!linux, 'no /proc');
  skip(form.refusal !== undefined, form.refusal);
  for (let kill = 0; kill < 10; kill += 1) await killUnderLoad(form.sandbox, random);
});
