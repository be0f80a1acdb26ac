import {formatDuration} from '../../text/duration.ts';
import {type Output, styled} from '../output.ts';
import {journalHeader} from './journal.ts';

export type BannerFacts = {
  endpoint: string;
  sandbox: 'namespaces' | 'portable';
  /** Why it is not a stronger one. */
  sandboxReason?: string;
  behaviour: 'default' | 'aws';
  idleWindow: {minMs: number; maxMs: number};
  /** Why the endpoint is not on the usual port. */
  portTaken?: number;
};

const forms = {
  namespaces: 'layers on /opt, code on /var/task, a /tmp of its own',
  portable: 'the same folders at other paths',
};

/** What is served, on what the functions run, and what to paste into another shell; last the journal's head, `columns` wide. */
export function showBanner(
  output: Output,
  columns: number,
  {endpoint, sandbox, sandboxReason, behaviour, idleWindow, portTaken}: BannerFacts,
): void {
  const row = (name: string, text: string) => output.line('  ', styled('dim', name.padEnd(10)), text);
  output.line(styled('bold', 'Embedded AWS'), '  ', styled('cyan', endpoint));
  if (portTaken !== undefined) {
    output.line('  ', styled('yellow', `port ${portTaken} is in use, so it is on a free one`));
  }
  output.line();
  row('sandbox', `${sandbox}: ${forms[sandbox]}`);
  if (sandboxReason !== undefined) row('', sandboxReason);
  row('node', `${process.version} runs the functions, whichever nodejs runtime they name`);
  if (behaviour === 'aws') {
    row('behaves', 'like AWS: calls take their time and have rates; roles, tables and functions get ready later');
  }
  const {minMs, maxMs} = idleWindow;
  row(
    'idle',
    `environments go after ${formatDuration(minMs)} to ${formatDuration(maxMs)}; on AWS after about 6 minutes`,
  );
  output.line();
  for (const line of exportsFor(endpoint)) output.line('  ', line);
  output.line();
  row('then', 'lifecycle-tui deploy && lifecycle-tui fire');
  row('', `lifecycle-tui --endpoint-url ${endpoint}`);
  row('', 'or your own extension: docs/local.md');
  output.line();
  output.line(styled('green', 'Ready.'), ' Ctrl-C ends it, and every environment gets its SHUTDOWN.');
  output.line();
  output.line(...journalHeader(columns));
}

/** For the aws CLI of both versions and every SDK; botocore reads only AWS_DEFAULT_REGION. */
function exportsFor(endpoint: string): string[] {
  return [
    `export AWS_ENDPOINT_URL=${endpoint}`,
    'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1',
    'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test',
  ];
}
