import {createHash} from 'node:crypto';

/** The page's only style sheet: two palettes, one column that becomes two where there is room. */
export const style = [
  ':root{color-scheme:light dark;--ground:#f4f6f8;--card:#fff;--edge:#d9dfe6;--ink:#18212c;--soft:#55616f;--link:#0b5f8a;',
  '--alive:#12766a;--ahead:#c9d2dc;--window:#b4540a;--cold:#1f4fc4;--cold-back:#e4ecff;--warm:#8a3a07;--warm-back:#ffecdc}',
  '@media (prefers-color-scheme:dark){:root{--ground:#0f141a;--card:#18202a;--edge:#2c3846;--ink:#e8edf3;--soft:#a3b0bf;',
  '--link:#7cc4ee;--alive:#3fb8a6;--ahead:#3a4756;--window:#f0a35e;--cold:#a9c3ff;--cold-back:#1d2c4f;--warm:#ffc59a;--warm-back:#44280f}}',
  '*{box-sizing:border-box}',
  'body{margin:0;padding:2rem 1rem 3rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}',
  'main{max-width:54rem;margin:0 auto;display:grid;gap:1rem}',
  'header,section{min-width:0}',
  'h1{margin:0;font-size:1.6rem;line-height:1.2}',
  'h2{margin:0 0 .75rem;font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}',
  'p{margin:.35rem 0 0;overflow-wrap:anywhere}',
  'a{color:var(--link)}',
  'section{background:var(--card);border:1px solid var(--edge);border-radius:12px;padding:1rem 1.15rem}',
  '.start{display:inline-block;margin-left:.6rem;padding:.1rem .6rem;border-radius:99px;font-size:.8rem;font-weight:600;vertical-align:middle}',
  '.cold{color:var(--cold);background:var(--cold-back)}.warm{color:var(--warm);background:var(--warm-back)}',
  'svg{display:block;width:100%;height:14px;border-radius:7px}',
  '.ahead{fill:var(--ahead)}.init{fill:var(--cold)}.alive{fill:var(--alive)}.window{fill:var(--window)}.now{fill:var(--ink)}',
  '.ends{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin-top:.5rem;font-size:.85rem}',
  '.ends span{color:var(--soft)}.ends b{font-weight:600;white-space:nowrap}',
  '.ends div::before{content:"";display:inline-block;width:.6rem;height:.6rem;margin-right:.4rem;border-radius:2px;background:var(--mark)}',
  '.of-alive{--mark:var(--alive)}.of-init{--mark:var(--cold)}.of-now{--mark:var(--ink)}.of-window{--mark:var(--window)}.of-ahead{--mark:var(--ahead)}',
  '.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:1rem;margin:0}',
  '.tiles dt,.list dt{color:var(--soft);font-size:.85rem}',
  '.tiles dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}',
  '.list{margin:0;display:grid;gap:.45rem}.list dt,.list dd{overflow-wrap:anywhere;min-width:0}',
  '.list dd{margin:0;font:.85rem/1.45 ui-monospace,monospace}',
  '.tiles+.list{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--edge)}',
  '.soft,footer{color:var(--soft);font-size:.85rem}',
  '@media (min-width:40rem){.list>div{display:grid;grid-template-columns:minmax(8rem,13rem) minmax(0,1fr);gap:1rem}}',
].join('');

const digest = createHash('sha256').update(style).digest('base64');

/** Nothing may run, load or frame; the one style sheet is named by its digest. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
