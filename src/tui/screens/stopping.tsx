import {clockTime} from '../presentation/clock.ts';
import {spinnerAt} from '../presentation/step-row.ts';
import {wrapWords} from '../presentation/wrap-words.ts';
import type {AppState} from '../state/app-state.ts';
import {header} from '../ui/header.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Lines} from '../ui/lines.tsx';
import type {ScreenProps} from './screen.tsx';

/** While Local ends: its environments get their SHUTDOWN first. */
export function Stopping({state, size}: ScreenProps) {
  const top = header('lifecycle-tui', [], [[span(clockTime(state.now), 'muted')]], size.columns);
  const since = Math.floor((state.now - (state.stoppingSince ?? state.now)) / 1_000);
  const time: Line = since > 0 ? [span(`  ${since} s`, 'muted')] : [];
  const words = wrapWords(whatEnds(state), size.columns - 12, 3);
  return (
    <Lines
      lines={[
        top,
        [],
        ...words.map(
          (line, row): Line => [
            span(row === 0 ? `   ${spinnerAt(state.now)} ${line}` : `     ${line}`, 'gone'),
            ...(row === words.length - 1 ? time : []),
          ],
        ),
        [],
        [span('   ctrl-c leaves at once', 'muted')],
      ]}
    />
  );
}

function whatEnds({local, liveAtEnd}: AppState): string {
  if (!local) return 'stopping …';
  const who =
    liveAtEnd === undefined
      ? 'every environment gets'
      : liveAtEnd === 1
        ? '1 environment gets'
        : `${liveAtEnd} environments get`;
  return `stopping the embedded AWS: ${who} SHUTDOWN, nothing stays`;
}
