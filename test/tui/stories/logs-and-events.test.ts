import {describe, expect, test} from 'vitest';
import {type DeliveryMessage, message} from '../../../src/lifecycle/message.ts';
import {frameTime, ids, someEnvironments, someEvent, someLog, someState} from '../../support/fake-session.ts';
import {down, enter, escapeKey, up} from '../../support/keys.ts';
import {openDashboard, quiet} from '../../support/open-app.ts';
import type {DriverOptions} from '../../support/tui-driver.tsx';

const numbered = (count: number, from = 0) =>
  Array.from({length: count}, (_, index) => someLog(from + index, `line number ${from + index} ends`, ids[0]));

async function logs(count: number, options: DriverOptions = {}) {
  const opened = await openDashboard({...options, state: {logs: numbered(count)}});
  await opened.app.press('4');
  await opened.app.see(`${count} lines`);
  return opened;
}

/** The row under the cursor. */
const current = (frame: string) => /▸(.*?)[┃│]/.exec(frame.slice(frame.indexOf('Logs')))?.[1] ?? '';

describe('follow', () => {
  test('scrolling stops it and says how many came since, in every pane; G follows again', async () => {
    const {app, session} = await logs(60);
    await app.press('kk');
    await app.see('‖ f follows');
    session.change({logs: numbered(72)});
    await app.see('‖ 12 new · f follows');
    await app.press('G');
    await app.see('▼ follow');
    await app.press('3jj');
    const {events} = someState();
    session.change({events: [...events, someEvent(12, {}), someEvent(13, {})]});
    await app.see('‖ 2 new · f follows');
    await app.press('f');
    expect(await app.see('3 Events')).not.toContain('new');
  });

  test("what a filter hid, and a mark of one's own, is not new", async () => {
    const {app, session} = await logs(60);
    await app.press('/');
    await app.press('[05] ends');
    await app.press(enter);
    await app.see('12 of 60 lines');
    await app.press('km');
    await app.see('‖ f follows');
    await app.press('!');
    expect(await app.see('48 of 60 lines')).not.toContain('new');
    await app.press(escapeKey);
    expect(await app.see('· 60 lines')).not.toContain('new');
    session.change({logs: numbered(61)});
    await app.see('‖ 1 new');
  });

  test('f stops where one is', async () => {
    const {app, session} = await logs(60);
    await app.press('f');
    session.change({logs: numbered(100)});
    const frame = await app.see('40 new');
    expect(frame).toContain('line number 59 ends');
    expect(frame).not.toContain('line number 60 ends');
  });
});

describe('filter', () => {
  test('! turns it round, and says why it cannot where there is none', async () => {
    const {app} = await openDashboard();
    await app.press('4!');
    await app.see('there is no filter to invert');
    quiet(app);
    await app.press('/');
    await app.press('spindown');
    await app.press(enter);
    await app.see('1 of 8 lines');
    await app.press('!');
    await app.see('/!spindown · 7 of 8 lines');
    await app.press('!');
    await app.see('/spindown · 1 of 8 lines');
  });

  test('the prompt says what it takes the text for', async () => {
    const {app} = await openDashboard();
    await app.press('4/');
    await app.see('text or regular expression, ! inverts');
    await app.press('a|b');
    await app.see('a|b▏ regex');
    await app.press('\x15(a');
    await app.see('text: not a valid regular expression');
    await app.press(')\\1');
    await app.see('text: back references are not supported');
  });

  test('up and down in the prompt recall what was typed before in this pane', async () => {
    const {app} = await openDashboard();
    await app.press('4');
    for (const typed of ['one', 'two', 'one']) {
      await app.press('/');
      await app.press(`\x15${typed}`);
      await app.press(enter);
    }
    await app.press('/');
    await app.press('\x15dra');
    await app.press(up);
    await app.see('/ one▏');
    await app.press(up);
    await app.see('/ two▏');
    await app.press(up);
    await app.see('/ two▏');
    await app.press(down);
    await app.press(down);
    await app.press('ft');
    await app.see('/ draft▏');
    await app.press(escapeKey);
    await app.see('n draft');
    await app.press('3/');
    expect(await app.see('/ ▏')).not.toContain('earlier');
  });

  test('it outlives other panes, zoom, follow and the menu', async () => {
    const {app} = await openDashboard();
    await app.press('4/');
    await app.press('spindown');
    await app.press(enter);
    await app.press('1z');
    await app.press('z4fzfz');
    await app.see('/spindown · 1 of 8 lines');
    await app.press('1');
    await app.press(escapeKey);
    await app.see('Where shall the demo run?');
    await app.press(enter);
    await app.see('/spindown · 1 of 8 lines');
  });

  test('cleared, its matches stay marked, and n and N go from one to the next', async () => {
    const {app} = await logs(60);
    await app.press('n');
    await app.see('nothing has been searched for');
    quiet(app);
    await app.press('/');
    await app.press('number .7');
    await app.press(enter);
    await app.see('5 of 60 lines');
    await app.press(escapeKey);
    await app.see('n number .7 –/5');
    await app.press('N');
    expect(current(await app.see('n number .7 5/5'))).toContain('line number 57 ends');
    await app.press('NN');
    expect(current(await app.see('3/5'))).toContain('line number 37 ends');
    await app.press('nnn');
    expect(current(await app.see('1/5'))).toContain('line number 17 ends');
    await app.press('jn');
    expect(current(await app.see('2/5'))).toContain('line number 27 ends');
    await app.press(escapeKey);
    await app.see(/^(?![\s\S]*number \.7)/);
  });

  test('environments are gone through in the same way', async () => {
    const {app} = await openDashboard();
    await app.press('/');
    await app.press('idle');
    await app.press(escapeKey);
    await app.see('n idle 1/2');
    await app.press('n');
    expect(await app.see('n idle 2/2')).toContain('▸ b07e44');
    await app.press('n');
    expect(await app.see('n idle 1/2')).toContain('▸ 9f3c1a');
  });

  test('requests too are followed, searched and highlighted', async () => {
    const {app, session} = await openDashboard();
    await app.press('2jj');
    await app.see('‖ f follows');
    const {requests} = someState();
    session.change({requests: [...requests, {...requests[1]!, key: 7}, {...requests[1]!, key: 8}]});
    await app.see('‖ 2 new');
    await app.press('/');
    await app.press('502');
    await app.see('/502 · 1 of 6');
    await app.press(escapeKey);
    await app.see('n 502 1/1');
    await app.press('f');
    await app.see('n 502 –/1');
    await app.press('n');
    await app.see('n 502 1/1');
  });

  test('a match is inverse, also without colours', async () => {
    const {app} = await openDashboard({theme: 'mono'});
    await app.press('4/');
    await app.press('spindown');
    await app.press(enter);
    await app.see('1 of 8 lines');
    const buffer = app.screen.buffer.active;
    const rows = Array.from({length: 40}, (_, row) => buffer.getLine(row)!);
    const row = rows.find(line => line.translateToString().includes('Reason: spindown'))!;
    const inverse = Array.from({length: 120}, (_, cell) => row.getCell(cell)!)
      .filter(cell => cell.isInverse())
      .map(cell => cell.getChars());
    expect(inverse.join('')).toBe('spindown');
  });

  test('when it changes, the row that was read stays or the one next to it is current', async () => {
    const {app} = await logs(60);
    await app.press('kkkkkkkkkk');
    expect(current(await app.frame())).toContain('line number 49 ends');
    await app.press('/');
    await app.press('[05] ends');
    await app.press(enter);
    expect(current(await app.see('12 of 60'))).toContain('line number 50 ends');
    await app.press(escapeKey);
    expect(current(await app.see(/–\/12|6\/12|10\/12|11\/12/))).toContain('line number 49 ends');
  });
});

describe('lines', () => {
  test('m draws a line at the end, which stays where it is', async () => {
    const {app, session} = await logs(10, {clock: () => frameTime});
    await app.press('m');
    await app.see('──── mark 12:04:31 ────');
    session.change({logs: [...numbered(10), {...someLog(90, 'after the mark'), timestamp: frameTime + 5}]});
    const frame = await app.see('after the mark');
    const rows = frame.split('\n').filter(row => /line number 9|mark/.test(row));
    expect(rows.map(row => /line number 9|──── mark|after/.exec(row)?.[0])).toEqual([
      'line number 9',
      '──── mark',
      'after',
    ]);
  });

  test('w wraps, other panes say that they do not', async () => {
    const {app, session} = await openDashboard();
    session.change({logs: [someLog(0, `begin ${'word '.repeat(50)}end`, ids[0])]});
    await app.press('1w');
    await app.see('only log lines wrap');
    await app.press('4');
    quiet(app);
    expect(await app.see('1 line ·')).not.toContain('end │');
    await app.press('w');
    await app.see('↵ wrap');
    await app.see(/word end +┃/);
    await app.press('h');
    await app.see('lines are wrapped, w unwraps them');
    await app.press('w');
    expect(await app.see(/word …/)).not.toContain('↵ wrap');
  });

  test('h and l go sideways, no further than there is something', async () => {
    const {app, session} = await openDashboard();
    session.change({logs: [someLog(0, `begin ${'word '.repeat(30)}end`, ids[0])]});
    await app.press('4l');
    await app.see('← 16 cells');
    await app.press('\x1b[C\x1b[C');
    await app.see('← 48 cells');
    await app.press('\x1b[C'.repeat(9));
    await app.see(/← 64 cells/);
    await app.see(/word end +┃/);
    await app.press('34');
    await app.see('← 64 cells');
    await app.press('hhhhhh');
    expect(await app.see('begin word')).not.toContain('cells');
  });

  test('a shows both functions, the target’s, the authorizer’s', async () => {
    const {app, session} = await openDashboard();
    const own = someLog(0, 'Target function invoked', ids[0]);
    session.change({
      logs: [own, {...someLog(1, 'Returning policy'), function: 'lambda-authorizer-demo'}, someLog(2, 'unjoined')],
    });
    const both = await app.see('auth   Returning policy');
    expect(both).toContain('–      unjoined');
    await app.press('a');
    expect(await app.see('target only · ')).not.toContain('Returning policy');
    await app.press('a');
    expect(await app.see('authorizer only · ')).not.toContain('Target function invoked');
    await app.press('a');
    await app.see('Logs: target and authorizer.');
  });
});

describe('save and copy', () => {
  test('s saves all rows that the filter lets through, and says where', async () => {
    const {app} = await logs(60);
    await app.press('/');
    await app.press('7 ends');
    await app.press(enter);
    await app.press('s');
    await app.see('Saved 6 rows to ./lifecycle-logs-20261120T120431Z.txt');
    const [file] = app.saved;
    expect(file!.text.split('\n')).toHaveLength(7);
    expect(file!.text.split('\n')[0]).toBe(`2026-11-20T12:04:08.091Z ${ids[0]} line number 7 ends`);
  });

  test('the other panes are saved as NDJSON, with nothing that a terminal acts on', async () => {
    const {app, session} = await openDashboard();
    const evil = '\x9b2J\u202e\u2028';
    session.change({events: [someEvent(0, {shutdownReason: evil})]});
    for (const pane of ['1', '2', '3']) await app.press(`${pane}s`);
    await app.see('Saved 1 row to ./lifecycle-events-');
    expect(app.saved.map(({name}) => name.split('-')[1])).toEqual(['environments', 'requests', 'events']);
    for (const {text, extension} of app.saved) {
      expect(extension).toBe('ndjson');
      expect(text).not.toMatch(/[\x7f-\x9f\u2028\u202e]/);
      for (const line of text.trimEnd().split('\n')) JSON.parse(line);
    }
    expect(JSON.parse(app.saved[2]!.text).shutdownReason).toBe(evil);
  });

  test('a folder that cannot be written to is told with what to do', async () => {
    const error = Object.assign(new Error('EACCES: permission denied'), {code: 'EACCES'});
    const {app} = await openDashboard({save: () => Promise.reject(error)});
    await app.press('s');
    await app.see('Not saved: EACCES, this folder is not yours to write to. Start the app in one that is.');
  });

  test('y copies the line, Y what the pane shows', async () => {
    const {app} = await logs(60);
    await app.press('y');
    await app.see('Copied the line by the terminal.');
    await app.press('/');
    await app.press('5 ends');
    await app.press(enter);
    await app.press('Y');
    await app.see('Copied 6 rows by the terminal.');
    expect(app.copied[0]).toMatch(/^2026-11-20T12:05:\S+ 9f3c1a00\S+ line number 59 ends$/);
    expect(app.copied[1]!.split('\n')).toHaveLength(7);
  });

  test('of more than a megabyte the newest rows are copied', async () => {
    const {app, session} = await openDashboard();
    session.change({logs: Array.from({length: 30}, (_, index) => someLog(index, `${index} ${'x'.repeat(50_000)}`))});
    await app.press('4Y');
    await app.see('Copied the newest 19 of 30 rows');
    expect(app.copied[0]!.length).toBeLessThanOrEqual(1_000_000);
    expect(app.copied[0]).toContain(' 29 xxx');
  });

  test('c copies what is used elsewhere', async () => {
    const {app, session} = await openDashboard();
    const evil = 'a\x1b]52;c;x\x07b\n\ttab';
    session.change({logs: [someLog(0, evil)]});
    for (const pane of ['1', '2', '3', '4']) await app.press(`${pane}c`);
    expect(app.copied).toEqual([
      ids[0],
      expect.stringMatching(/^curl .* http:\/\/127.0.0.1:4566\/\S+\/prod\/hello$/),
      expect.stringContaining('"eventId":"event-11"'),
      'a·b\n\ttab',
    ]);
  });

  test('where nobody knows whether it arrived, the file is offered', async () => {
    const {app} = await openDashboard({copy: async () => ({way: 'by the terminal', sure: false})});
    await app.press('y');
    await app.see('Copied the line by the terminal; if it is not there: s saves to a file.');
    await app.press('@c');
    await app.see('by the terminal; terminals do not say whether they took it.');
    await app.press('@');
    await app.press('u');
    await app.see('Copied http://127.0.0.1:4566/_aws/execute-api/abc123/prod/hello by the terminal.');
  });

  test('what cannot be copied says so', async () => {
    const {app} = await openDashboard({copy: async () => ({failed: '99 kB are too much'})});
    await app.press('Y');
    await app.see('Not copied: 99 kB are too much. s saves to a file.');
  });
});

describe('details', () => {
  test('of a log line whose message is JSON, scrolled and copied', async () => {
    const {app, session} = await openDashboard({columns: 80, rows: 24});
    const json = {level: 'INFO', list: Array.from({length: 40}, (_, index) => `item ${index}`)};
    session.change({logs: [someLog(0, JSON.stringify(json), ids[0])]});
    await app.press('4');
    await app.press(enter);
    const frame = await app.see('Log line');
    expect(frame).toContain('"level": "INFO"');
    expect(frame).not.toContain('item 39');
    await app.press('G');
    await app.see('"item 39"');
    await app.press('gj');
    await app.see('1 ↑');
    await app.press('yc');
    expect(JSON.parse(app.copied[0]!).message).toEqual(json);
    expect(app.copied[1]).toBe(JSON.stringify(json));
    await app.press(escapeKey);
    expect(await app.see('4 Logs')).not.toContain('Log line');
  });

  test('of a hostile line of a megabyte', async () => {
    const {app, session} = await openDashboard();
    const evil = '\x1b[2J\x9b5A\u202e漢字👨‍👩‍👧\udfff';
    session.change({logs: [someLog(0, evil.repeat(80_000), ids[0])]});
    await app.press('4');
    for (const [keys, seen] of [
      ['', '1 line ·'],
      ['w', '↵ wrap'],
      ['w', '1 line ·'],
      ['/', '▏'],
      ['x{2}', '0 of 1'],
      [enter, 'nothing matches /x{2}'],
      [escapeKey, '–/0'],
      [enter, 'Log line'],
    ] as const) {
      if (keys !== '') await app.press(keys);
      for (const row of (await app.see(seen)).split('\n')) expect(row).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
    }
    const frame = await app.see('Log line');
    expect(frame).toContain('\\u001b[2J');
    await app.press('G');
    await app.see('more characters');
  });
});

describe('events', () => {
  test('missing ones are named where they are missing, late ones are marked, webhooks are told apart', async () => {
    const {app, session} = await openDashboard();
    const environments = {
      ...someState().environments,
      list: [{...someEnvironments[0]!, missing: 1, sequence: {first: 1, last: 4, seen: 3}}],
    };
    const delivery = message<DeliveryMessage>(
      {
        type: 'delivery',
        eventId: 'e',
        eventType: 'INVOKE',
        environmentId: ids[0],
        requestId: 'r',
        status: 200,
        bytes: 9,
      },
      new Date(Date.parse(someEvent(3, {}).timestamp) + 50),
    );
    session.change({
      environments,
      events: [someEvent(0, {sequence: 1}), someEvent(1, {sequence: 2, late: true}), someEvent(3, {sequence: 4})],
      deliveries: [delivery, {...delivery, eventId: 'f', status: 503}],
    });
    await app.press('3z');
    const frame = await app.see('1 event missing');
    const rows = frame.split('\n').slice(2, 8);
    expect(
      rows.map(row => ['refused 503', 'delivered', 'missing', 'late', 'INVOKE'].find(word => row.includes(word))),
    ).toEqual(['refused 503', 'delivered', 'INVOKE', 'missing', 'late', 'INVOKE']);
    await app.press('/');
    await app.press('webhook');
    await app.see('2 of 5');
  });
});
