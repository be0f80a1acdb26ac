import {expect, test} from 'vitest';
import type {Environment} from '../../../src/lifecycle/environment.ts';
import {environmentsPane} from '../../../src/tui/panes/environments.ts';
import type {DashboardState} from '../../../src/tui/state/app-state.ts';
import {followingView} from '../../../src/tui/ui/viewport.ts';
import {ago, awsForecasts, awsState, fakeEnvironment, longId, noEnvironments} from '../../support/fake-environments.ts';
import {frameTime} from '../../support/fake-session.ts';

test('only the rows that are shown are made, however many environments there are', () => {
  const drawn = new Set<string>();
  const list = Array.from({length: 1_000}, (_, index): Environment => {
    const environment = fakeEnvironment(longId(`c${String(index).padStart(5, '0')}`), {idleSince: ago(index / 3)});
    // Every timeline looks at these.
    Object.defineProperty(environment, 'activities', {
      enumerable: true,
      get: () => {
        drawn.add(environment.id);
        return [];
      },
    });
    return environment;
  });
  const data = awsState({environments: {...noEnvironments, list}, ...awsForecasts(list)});
  drawn.clear();
  const views = {environments: {...followingView, follow: false, key: list[500]!.id, row: 4}};
  const dashboard = {
    data,
    views,
    stack: {functionName: 'lambda-target-demo'},
    environmentOrder: 'next to go',
  } as unknown as DashboardState;
  const {rows} = environmentsPane(dashboard, {width: 120, height: 17, rows: 12}, frameTime, () => undefined);
  expect(rows).toHaveLength(15);
  expect(drawn.size).toBe(12);
});
