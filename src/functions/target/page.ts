import type {Seen} from './environment.ts';

/** The page's only style sheet; the content security policy names its digest. */
export const style = [
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}',
  'body{max-width:46rem;margin:3rem auto;padding:0 1rem}',
  'table{border-collapse:collapse;width:100%}',
  'th{text-align:left;font-weight:600;white-space:nowrap}',
  'th,td{padding:.25rem .75rem .25rem 0;vertical-align:top;border-bottom:1px solid #8884}',
  'td{font-family:ui-monospace,monospace;overflow-wrap:anywhere}',
].join('');

type Facts = {
  seen: Seen;
  requestId: string;
  headers: Record<string, string>;
  authorizer: Record<string, string>;
};

/** The whole answer as HTML. Every value is escaped. */
export function page({seen, requestId, headers, authorizer}: Facts): string {
  const invocation = {
    Environment: seen.environmentId,
    Start: seen.cold ? 'cold' : 'warm',
    Invocation: String(seen.invocation),
    'Request ID': requestId,
  };
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>lifecycle-tui</title><style>${style}</style></head><body>`,
    '<h1>✅ Success!</h1>',
    table(invocation),
    '<h2>Headers</h2>',
    table(headers),
    '<h2>Authorizer</h2>',
    table(authorizer),
    '</body></html>\n',
  ].join('');
}

function table(values: Record<string, string>): string {
  const rows = Object.entries(values).map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return rows.length > 0 ? `<table>${rows.join('')}</table>` : '<p>None</p>';
}

const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Safe as an element's content and inside quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? character);
}
