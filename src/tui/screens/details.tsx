import {count} from '../presentation/clock.ts';
import type {DetailsOverlay as Details} from '../state/app-state.ts';
import {detailsBox} from '../state/layout.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';
import {textRows} from '../ui/text-scroll.ts';

type Props = {overlay: Details; size: {columns: number; rows: number}};

/** All members of one row. */
export function DetailsOverlay({overlay, size}: Props) {
  const {width, height} = detailsBox(size);
  const rows = textRows(overlay.text, width);
  const top = Math.min(overlay.top, Math.max(0, rows.length - height));
  const shown = rows.slice(top, top + height);
  const more = rows.length - top - shown.length;
  const scroll: Line =
    rows.length > height ? [span(`${count(top)} ↑ ${count(more)} ↓ `, 'muted'), span('j k', 'key'), span('  ')] : [];
  return (
    <Overlay
      title={overlay.title}
      right={[...scroll, span('esc', 'key'), span(' closes')]}
      hint={[span('y', 'key'), span(' copy JSON  '), span('c', 'key'), span(` copy ${overlay.as.what}`)]}
      rows={[[], ...shown.map((text): Line => [span(`  ${text}`)]), []]}
      width={width + 6}
      size={size}
    />
  );
}
