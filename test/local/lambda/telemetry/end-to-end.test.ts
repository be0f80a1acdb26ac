import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {demoFunction, lambdaBench} from '../environment/lambda-bench.ts';
import {sandboxForms} from '../sandbox/sandbox-forms.ts';

const reader = {'extensions/telemetry-reader!': 'fixture:telemetry/reader'};

for (const {sandbox, refusal} of await sandboxForms())
  describe.skipIf(refusal)(`an extension that reads telemetry (${sandbox})`, () => {
    let bench: Awaited<ReturnType<typeof lambdaBench>>;
    beforeAll(async () => {
      bench = await lambdaBench({sandbox});
    });
    afterAll(() => bench.close());

    test('gets all of it, the end of an invocation after the freeze, the last before SHUTDOWN', async () => {
      const {environment, lines, invoke} = await bench.start({layers: reader, code: demoFunction});
      await invoke({do: 'lines'});
      await invoke({do: 'echo'});
      await environment.shutdown('spindown');
      expect(lines).toContain('listening on its own address');
      expect(lines).toContain('subscribed "OK"');
      expect(lines).toContain('TELEMETRY\tName: telemetry-reader\tState: Subscribed\tTypes: [Platform, Function]');
      const got = lines.filter(line => line.startsWith('got '));
      const types = got.map(line => line.split(' ')[1]!);
      const invocation = ['platform.start', 'platform.runtimeDone', 'platform.report'];
      const [started, ...platform] = types.filter(type => type !== 'function');
      expect(started).toBe('platform.initStart');
      // Once the extension has registered, it subscribes while the runtime starts.
      expect(platform.slice(0, 2).sort()).toEqual(['platform.initRuntimeDone', 'platform.telemetrySubscription']);
      expect(platform.slice(2)).toEqual(['platform.extension', 'platform.initReport', ...invocation, ...invocation]);
      const spoken = got.filter(line => line.startsWith('got function '));
      expect(spoken.some(line => line.includes('first\\nsecond'))).toBe(true);
      expect(spoken.some(line => line.includes('raw'))).toBe(true);
      const at = (start: string, nth = 0) => {
        const found = lines.flatMap((line, index) => (line.startsWith(start) ? [index] : []));
        return found.at(nth)!;
      };
      // The report is made when everything is about to freeze: it arrives with the next event.
      expect(at('got platform.report')).toBeGreaterThan(at('START RequestId', 1));
      expect(at('got platform.report', 1)).toBeGreaterThan(at('REPORT RequestId', 1));
      expect(at('event SHUTDOWN')).toBeGreaterThan(at('got platform.report', 1));
      expect(lines.at(-1)).toBe('event SHUTDOWN');
    });
  });
