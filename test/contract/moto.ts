import {spawn, spawnSync} from 'node:child_process';
import {createServer} from 'node:net';
import {until} from '../../src/aws/until.ts';
import type {Backend} from './backend.ts';

/** Another implementation of the AWS calls, in Python. It has a control plane only: no function is ever run. */
export const moto: Backend = {
  name: 'moto',
  runsFunctions: false,
  changesIndexes: true,
  tagsApis: false,
  isFast: false,
  hasWay: false,
  unavailable() {
    const {status} = spawnSync('python3', ['-c', 'import moto.server'], {stdio: 'ignore'});
    return status === 0 ? undefined : 'python3 -m moto.server is not installed';
  },
  async start() {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
      env: {...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true'},
    });
    const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
    const answers = () =>
      fetch(`${endpoint}/moto-api/`).then(
        ({ok}) => ok || undefined,
        () => undefined,
      );
    await until(answers, {what: 'moto to answer', timeoutMs: 25_000, schedule: [100]});
    return {
      endpoint,
      async stop() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  },
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
