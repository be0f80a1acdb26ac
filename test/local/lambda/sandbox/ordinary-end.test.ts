import {randomUUID} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventually, lambdaBench} from '../environment/lambda-bench.ts';
import {marked} from './marked.ts';
import {sandboxForms} from './sandbox-forms.ts';

for (const {sandbox, refusal} of await sandboxForms())
  describe.skipIf(refusal || process.platform !== 'linux')(`what does not want to go (${sandbox})`, () => {
    let bench: Awaited<ReturnType<typeof lambdaBench>>;
    beforeAll(async () => {
      bench = await lambdaBench({sandbox});
    });
    afterAll(() => bench.close());

    test('is gone after a reset, and after an ordinary end', async () => {
      const mark = randomUUID();
      const {environment, invoke} = await bench.start({spec: {variables: {MARK: mark}}});
      await invoke({do: 'stubborn'});
      expect(marked(mark).length).toBeGreaterThanOrEqual(7);
      await invoke({do: 'exit', code: 1});
      expect(environment.state).toBe('ready');
      // All have been killed; how long a process takes to die is up to the system.
      await eventually(() => marked(mark).length === 0, 'nothing is left after the reset');
      await invoke({do: 'stubborn'});
      expect(marked(mark).length).toBeGreaterThanOrEqual(7);
      await environment.shutdown('spindown');
      expect(marked(mark)).toEqual([]);
    });
  });
