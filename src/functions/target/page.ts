import type {Seen} from './environment.ts';
import type {ExpectedEnd} from './expected-end.ts';
import {definitions, escapeHtml} from './html.ts';
import {lifeBar} from './life-bar.ts';
import {style} from './page-style.ts';
import {clockText, durationText} from './time-text.ts';

type Facts = {
  seen: Seen;
  requestId: string;
  initMs: number;
  end: ExpectedEnd;
  headers: Record<string, string>;
  authorizer: Record<string, string>;
};

/** The whole answer as HTML, for a browser without JavaScript. Every value is escaped. */
export function page({seen, requestId, initMs, end, headers, authorizer}: Facts): string {
  const start = seen.cold ? 'cold' : 'warm';
  const ids = {Environment: seen.environmentId, 'Request ID': requestId};
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>Life of a Lambda environment</title><style>${style}</style></head><body><main>`,
    `<header><h1>✅ Success!<span class="start ${start}">${start} start</span></h1>`,
    `<p class="soft">Answered by a Lambda execution environment that is ${durationText(seen.ageMs)} old.</p></header>`,
    life(seen, initMs, end),
    section('This invocation', definitions('tiles', invocation(seen, initMs)) + definitions('list', ids)),
    section('Authorizer context', list(authorizer)),
    section('Request headers', list(headers)),
    '<footer>More of it: <a href="info/version">info/version</a> · <a href="info/health">info/health</a>',
    ' · <code>POST api/echo</code></footer>',
    '</main></body></html>\n',
  ].join('');
}

function life(seen: Seen, initMs: number, end: ExpectedEnd): string {
  const {at, ageMs, cold} = seen;
  const ahead =
    end.kind === 'window'
      ? `<span>expected to go</span> <b>${clockText(at + end.earlyMs)} – ${clockText(at + end.lateMs)}</b>`
      : '<span>expected to go</span> <b>not known</b>';
  const note =
    end.kind === 'window'
      ? `Unless it is called again: AWS ends idle environments without saying when. Published lifetimes are ${durationText(end.earlyMs)} to ${durationText(end.lateMs)}.`
      : end.why;
  return section(
    'Life of this environment',
    [
      lifeBar({ageMs, initMs, cold, end}),
      '<div class="ends">',
      `<div class="of-${cold ? 'init' : 'alive'}"><span>started</span> <b>${clockText(at - ageMs)}</b></div>`,
      `<div class="of-now"><span>now</span> <b>${clockText(at)} UTC</b></div>`,
      `<div class="of-${end.kind === 'window' ? 'window' : 'ahead'}">${ahead}</div>`,
      '</div>',
      `<p class="soft">${escapeHtml(note)}</p>`,
    ].join(''),
  );
}

function invocation({invocation: number, cold, ageMs, sinceLastMs}: Seen, initMs: number): Record<string, string> {
  return {
    Invocation: String(number),
    Start: cold ? 'cold' : 'warm',
    Age: durationText(ageMs),
    'Since the last request':
      sinceLastMs === undefined ? (number === 1 ? 'first one' : 'not known') : durationText(sinceLastMs),
    Init: durationText(initMs),
  };
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

function list(values: Record<string, string>): string {
  return Object.keys(values).length > 0 ? definitions('list', values) : '<p class="soft">None</p>';
}
