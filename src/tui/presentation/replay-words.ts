import type {ReplayView} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';

/** What stands in the header of a replay: how fast it goes, or why it does not. */
export function replayWords({speed, playing, ended}: ReplayView): Line {
  if (ended) return [span('■ end of the recording', 'strong')];
  return playing ? [span(`▶ replay ×${speed}`, 'accent')] : [span(`‖ replay ×${speed}`, 'soon')];
}
