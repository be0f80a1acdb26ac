import {expect} from 'vitest';
import type {Driver} from '../../support/tui-driver.tsx';

/** What the renderer itself writes: styles, moves to a line it draws anew, erasing it, and the modes it owns. */
const own = /\x1b\[[\d;]*m|\x1b\[\d*[AEGK]|\x1b\[[HJ]|\x1b\[\?(?:25|1049|2004|2026)[hl]|[\r\n]/g;
/** What no terminal may get besides: controls, directions, and what cannot be seen. */
const acting =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e007f}]/u;

/** Watches what a terminal was made to do that the app never does. */
export function watch({screen}: Driver): string[] {
  const done: string[] = [];
  for (const id of [0, 1, 2, 4, 8, 9, 10, 11, 12, 52, 104, 777, 1337]) {
    screen.parser.registerOscHandler(id, data => {
      done.push(`OSC ${id} ${data}`);
      return true;
    });
  }
  for (const final of ['q', 'r', 'p', '|']) screen.parser.registerDcsHandler({final}, () => Boolean(done.push('DCS')));
  for (const final of ['c', '7', '8', 'M', 'D', 'E']) {
    screen.parser.registerEscHandler({final}, () => Boolean(done.push(`ESC ${final}`)));
  }
  screen.onBell(() => done.push('bell'));
  screen.onTitleChange(title => done.push(`title ${title}`));
  return done;
}

/** Nothing but the app's own sequences has been written, and its boxes are straight. */
export async function expectUntouched(driver: Driver, done: readonly string[], when: string): Promise<void> {
  const frame = await driver.frame();
  const written = driver.written().replace(own, '');
  const found = acting.exec(written);
  const near = found && JSON.stringify(written.slice(Math.max(0, found.index - 40), found.index + 20));
  expect(near, `${when}\n${frame}`).toBeNull();
  expect(done, when).toEqual([]);
  const boxes = boxesOf(driver);
  const whole = boxes.filter(({broken}) => broken.length === 0);
  // What lies under an overlay is cut by it; the overlay itself is whole.
  if (driver.app.store.get().overlay) expect(whole.length, `${when}\n${frame}`).toBeGreaterThan(0);
  else
    expect(
      boxes.flatMap(({broken}) => broken),
      `${when}\n${frame}`,
    ).toEqual([]);
}

const corners = {'┏': ['┓', '┗', '┛', '┃'], '╭': ['╮', '╰', '╯', '│']} as const;

/** Every box of a screen by its upper left corner, with the places where its border is not. */
export function boxesOf({screen}: Pick<Driver, 'screen'>): {broken: string[]}[] {
  const cell = (row: number, column: number) =>
    screen.buffer.active
      .getLine(screen.buffer.active.viewportY + row)
      ?.getCell(column)
      ?.getChars() ?? '';
  return boxesIn(cell, screen);
}

/** The same of any cells. */
export function boxesIn(
  cell: (row: number, column: number) => string,
  {rows, cols}: {rows: number; cols: number},
): {broken: string[]}[] {
  const boxes: {broken: string[]}[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let left = 0; left < cols; left += 1) {
      const style = corners[cell(row, left) as keyof typeof corners];
      if (!style) continue;
      const [upperRight, lowerLeft, lowerRight, down] = style;
      let right = left + 1;
      while (right < cols && cell(row, right) !== upperRight) right += 1;
      const broken: string[] = right === cols ? [`no right end in row ${row}`] : [];
      let bottom = row + 1;
      for (; bottom < rows && cell(bottom, left) !== lowerLeft; bottom += 1) {
        for (const column of [left, right]) if (cell(bottom, column) !== down) broken.push(`${bottom}:${column}`);
      }
      if (cell(bottom, right) !== lowerRight) broken.push(`${bottom}:${right}`);
      boxes.push({broken});
    }
  }
  return boxes;
}
