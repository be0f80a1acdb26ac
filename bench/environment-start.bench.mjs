// From making an execution environment (our extension, a Node.js function of one line) until it is ready, in node boots of the same
// run: two of them overlap in each start.
import {spawn} from 'node:child_process';
import {rm} from 'node:fs/promises';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {bundleHost} from './bundle-host.mjs';
import {median} from './median.mjs';

const rounds = 21;
const handler = fileURLToPath(new URL('rivals/handler.js', import.meta.url));
const layer = fileURLToPath(new URL('../dist/assets/layer.zip', import.meta.url));
/** What a prototype took, in node boots: 37 and 43 ms where a boot took 22. */
const prototypeBoots = {portable: 37 / 22, namespaces: 43 / 22};

function bootNode() {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['-e', ''], {stdio: 'ignore', env: {PATH: process.env.PATH}});
    child.once('error', reject);
    child.once('exit', () => resolve(performance.now() - startedAt));
  });
}

export async function run() {
  const host = await bundleHost('environment-host');
  const child = spawn(process.execPath, [host, handler, layer], {stdio: ['pipe', 'pipe', 'inherit']});
  const ended = new Promise(resolve => child.once('exit', resolve));
  try {
    const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
    const said = async () => {
      const {value, done} = await lines.next();
      if (done) throw new Error('The host of the environments has ended');
      return value;
    };
    const [, ...forms] = (await said()).split(' ');
    const boots = [];
    const starts = Object.fromEntries(forms.map(form => [form, []]));
    for (let round = 0; round <= rounds; round += 1) {
      const bootMs = await bootNode();
      // The first round only fills the caches.
      if (round > 0) boots.push(bootMs);
      for (const form of forms) {
        child.stdin.write(`${form}\n`);
        const ms = Number(await said());
        if (round > 0) starts[form].push(ms);
      }
    }
    const boot = median(boots);
    return forms.map(form => {
      const ms = median(starts[form]);
      return {
        figure: `environment start / prototype, in node boots: ${form}`,
        value: (ms / boot / prototypeBoots[form]).toFixed(2),
        bar: '≤ 1.15',
        detail: `${ms.toFixed(1)} ms, ${(ms / boot).toFixed(2)} boots of ${boot.toFixed(1)} ms against ${prototypeBoots[form].toFixed(2)}, medians of ${rounds}`,
      };
    });
  } finally {
    child.stdin.end();
    await ended;
    await rm(host, {force: true});
  }
}
