import xterm from '@xterm/headless';
import {createElement} from 'react';
import {expect, test} from 'vitest';
import {firstFrame} from '../../src/tui/first-frame.ts';
import {Root} from '../../src/tui/root.tsx';
import {createApp} from '../../src/tui/state/app.ts';
import {themeNames} from '../../src/tui/theme.ts';
import {fakeBackend} from '../support/fake-backend.ts';
import {frameTime} from '../support/fake-session.ts';
import {openHeadless} from '../support/headless-terminal.ts';
import {noOutside} from '../support/no-outside.ts';
import {large, usual} from '../support/sizes.ts';
import {terminalToSvg} from '../support/terminal-to-svg.ts';

test.each(themeNames.flatMap(theme => [large, usual].map(size => ({theme, size}))))(
  'the renderer changes nothing of what is on the screen before it: $theme, $size.columns x $size.rows',
  async ({theme, size}) => {
    const app = createApp({
      ...{backend: fakeBackend(), stack: 'default', readOnly: false, theme, size},
      ...{clock: () => frameTime, ...noOutside},
    });
    const before = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true});
    await new Promise<void>(resolve => before.write(firstFrame(app.store.get(), 'unicode'), resolve));
    const rendered = await openHeadless(createElement(Root, {app}), size);
    expect(terminalToSvg(before, '')).toBe(terminalToSvg(rendered.screen, ''));
    expect(before.buffer.active).toMatchObject({type: 'alternate', cursorX: 0, cursorY: 0});
    app.store.close();
    await rendered.close();
    before.dispose();
  },
);

test('a screen that is too small has no frame before the renderer’s', () => {
  const app = createApp({
    ...{backend: fakeBackend(), stack: 'default', readOnly: false, theme: 'dark', size: {columns: 50, rows: 12}},
    ...{clock: () => frameTime, ...noOutside},
  });
  expect(firstFrame(app.store.get(), 'unicode')).toBe('\x1b[?1049h');
  app.store.close();
});
