import {mkdir, writeFile} from 'node:fs/promises';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Answer} from '../../../src/functions/target/answer.ts';
import {version1} from '../events/version-1.ts';
import {invoked} from '../invoked.ts';
import {findBrowser, launchBrowser, type Tab} from './browser.ts';
import {type Contrast, contrasts} from './contrasts.ts';

const path = await findBrowser();
if (path === undefined) console.log('skipped: no chromium or chrome on the PATH (apt-get install chromium)');

const hostile = {
  'X-Image': '<img src=x onerror="document.title=1">',
  'X-Script': '</dd><script>document.title=2</script>',
  'X-Style': '</style><style>body{display:none}</style>',
  'X-Entity': '&lt;b&gt; &amp; "quoted" \'too\'',
  'X-Long': 'unbroken'.repeat(60),
};
const event = version1('GET', '/hello', {headers: {...hostile, Authorization: 's3cr3t'}, multiValueHeaders: null});
/** A cold answer, a warm one, one of the embedded AWS, and one that breaks its own policy. */
const pages = ['cold', 'warm', 'embedded', 'broken'] as const;

describe.skipIf(path === undefined)('the page in Chromium', () => {
  let server: Server;
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let tab: Tab;
  const url = (page: (typeof pages)[number]) =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod/${page}`;

  beforeAll(async () => {
    const [cold, warm] = (await invoked([event, event])).answers as [Answer, Answer];
    const more = {AWS_ENDPOINT_URL: 'http://127.0.0.1:4566'};
    const embedded = (await invoked([event], {more})).answer;
    const broken = {...warm, body: warm.body.replace('<main>', '<main style="color:red"><script>0</script>')};
    const answers = {cold, warm, embedded, broken};
    server = createServer((request, response) => {
      const page = pages.find(each => request.url === `/prod/${each}`);
      const {statusCode, headers, body} = page ? answers[page] : {statusCode: 404, headers: {}, body: ''};
      response.writeHead(statusCode, headers).end(body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    browser = await launchBrowser(path!);
    tab = await browser.newTab();
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise(resolve => server?.close(resolve));
  });

  const shown = async (width: number, scheme: 'light' | 'dark') => {
    const device = {width, height: 800, deviceScaleFactor: 1, mobile: width < 500};
    await tab.send('Emulation.setDeviceMetricsOverride', device);
    await tab.send('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value: scheme}]});
  };
  const complaints = () =>
    tab.told.filter(
      ({method, params}) =>
        ['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Audits.issueAdded'].includes(method) ||
        (method === 'Log.entryAdded' && !JSON.stringify(params).includes('favicon')),
    );

  test.each(['cold', 'warm', 'embedded'] as const)('%s: has its title, and nothing to complain of', async page => {
    tab.told.length = 0;
    await tab.open(url(page));
    expect(await tab.evaluate('document.title')).toBe('Life of a Lambda environment');
    expect(await tab.evaluate('document.compatMode')).toBe('CSS1Compat');
    expect(await tab.evaluate("getComputedStyle(document.querySelector('section')).borderRadius")).toBe('12px');
    expect(complaints()).toEqual([]);
  });

  test('what breaks the policy would have been seen', async () => {
    tab.told.length = 0;
    await tab.open(url('broken'));
    const told = JSON.stringify(complaints());
    expect(told).toContain('Content Security Policy');
    expect(told).toMatch(/style/);
    expect(told).toMatch(/script/);
  });

  test('hostile headers are text', async () => {
    await tab.open(url('warm'));
    const text = await tab.evaluate<string>('document.body.innerText');
    for (const value of Object.values(hostile)) expect(text).toContain(value);
    expect(text).not.toContain('s3cr3t');
    expect(await tab.evaluate("document.querySelectorAll('script,img,body style,[onerror],[style]').length")).toBe(0);
  });

  describe.each([320, 390, 768, 1_280])('%i px wide', width => {
    test.each(['light', 'dark'] as const)('%s: fits, and every text can be read', async scheme => {
      await shown(width, scheme);
      for (const page of ['cold', 'warm', 'embedded'] as const) {
        await tab.open(url(page));
        const {innerWidth, clientWidth, scrollWidth} = await tab.evaluate<Record<string, number>>(
          '({innerWidth, ...(({clientWidth, scrollWidth}) => ({clientWidth, scrollWidth}))(document.documentElement)})',
        );
        expect([innerWidth, scrollWidth]).toEqual([width, clientWidth]);
        const found = await tab.evaluate<Contrast[]>(contrasts);
        expect(found.length).toBeGreaterThan(30);
        expect(found.filter(({ratio}) => ratio < 4.5)).toEqual([]);
        await pictured(`${page}-${scheme}-${width}`, clientWidth!);
      }
    });
  });

  test('dark is dark', async () => {
    const lightness = async (scheme: 'light' | 'dark') => {
      await shown(800, scheme);
      const color = await tab.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      return Math.max(...color.match(/\d+/g)!.map(Number));
    };
    await tab.open(url('warm'));
    expect(await lightness('light')).toBeGreaterThan(200);
    expect(await lightness('dark')).toBeLessThan(50);
  });

  /** A picture of the whole page, kept in the folder that LIFECYCLE_PICTURES names. */
  async function pictured(name: string, width: number): Promise<void> {
    const {data} = await tab.send('Page.captureScreenshot', {format: 'png', captureBeyondViewport: true});
    const png = Buffer.from(String(data), 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(width);
    // Of one colour it would be a fraction of it.
    expect(png.length).toBeGreaterThan(20_000);
    const folder = process.env.LIFECYCLE_PICTURES;
    if (folder === undefined) return;
    await mkdir(folder, {recursive: true});
    await writeFile(join(folder, `${name}.png`), png);
  }
});
