import {expect, it} from 'vitest';
import {createPace} from '../../src/aws/pace.ts';
import {embeddedOn} from './embedded.ts';
import {provideBackend} from './provided-backend.ts';

// A busy machine may be late by a tenth of a second: less than the seconds between two creations of an API, on this scale.
const timeScale = 0.05;
const {open} = provideBackend(embeddedOn('embedded AWS', {behaviour: 'aws', timeScale}));

it('two stacks side by side, made and removed by one process, are refused nothing for their rate', async () => {
  const pace = createPace({scale: timeScale});
  const stacks = ['one', 'other'].map(name => open(name, {pace}));
  for (const {ok} of await Promise.all(stacks.map(each => each.deploy()))) expect(ok).toBe(true);
  for (const {ok} of await Promise.all(stacks.map(each => each.teardown()))) expect(ok).toBe(true);
  const calls = stacks.flatMap(each => each.calls).filter(({service}) => service === 'apigateway');
  expect(calls.filter(({operation}) => operation === 'DeleteRestApi')).toHaveLength(2);
  expect(calls.filter(({status}) => status === 429)).toEqual([]);
});
