import {clockTime} from '../presentation/clock.ts';
import {header} from '../ui/header.ts';
import {span} from '../ui/line.ts';
import {Lines} from '../ui/lines.tsx';
import type {ScreenProps} from './screen.tsx';

/** While Local ends: its environments get their SHUTDOWN first. */
export function Stopping({state, size}: ScreenProps) {
  const live = state.dashboard?.data.environments.list.filter(({state: one}) => one !== 'gone').length;
  const words = state.local
    ? `stopping the embedded AWS: ${live ? `${live} environments get` : 'every environment gets'} SHUTDOWN …`
    : 'stopping …';
  const top = header('lifecycle-tui', [], [[span(clockTime(state.now), 'muted')]], size.columns);
  return (
    <Lines
      lines={[top, [span('')], [span(`   ${words}`, 'gone')], [span('')], [span('   ctrl-c leaves at once', 'muted')]]}
    />
  );
}
