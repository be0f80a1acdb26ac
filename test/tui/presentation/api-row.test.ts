import {expect, test} from 'vitest';
import type {ApiMessage} from '../../../src/lifecycle/message.ts';
import {apiHeading, apiRow} from '../../../src/tui/presentation/api-row.ts';
import {lineText} from '../../../src/tui/ui/line.ts';

const call = (patch: Partial<ApiMessage>): ApiMessage => ({
  ...{v: 1, type: 'api', at: '2026-11-20T12:04:19.900Z', service: 'lambda', operation: 'CreateFunction'},
  ...{status: 201, ms: 402, attempt: 1, step: 'target'},
  ...patch,
});
const refused = {status: 400, ms: 95, error: 'InvalidParameterValueException'};

test.each<[Partial<ApiMessage>, string]>([
  [{}, ' 12:04:20.3 target          lambda:CreateFunction              201   402 ms  '],
  [
    {input: {FunctionName: 'demo', Role: 'arn'}},
    ' 12:04:20.3 target          lambda:CreateFunction              201   402 ms  demo',
  ],
  [
    {service: 'apigateway', operation: 'CreateResource', step: 'api', input: {restApiId: 'x', pathPart: 'hello'}},
    ' 12:04:20.3 api             apigateway:CreateResource          201   402 ms  hello',
  ],
  [
    {...refused, retryInMs: 500, attempt: 3, input: {FunctionName: 'demo'}},
    ' 12:04:19.9 target          lambda:CreateFunction              400    95 ms  retry 3 in 500 ms: InvalidParameterValue',
  ],
  [
    refused,
    ' 12:04:19.9 target          lambda:CreateFunction              400    95 ms  InvalidParameterValueException',
  ],
  [
    {status: 0, error: 'TimeoutError', attempt: 2},
    ' 12:04:20.3 target          lambda:CreateFunction              ERR   402 ms  TimeoutError, attempt 2',
  ],
  [
    {operation: 'UpdateFunctionConfiguration', step: 'logs-authorizer', input: {FunctionName: '\x1b]0;x\x07demo'}},
    ' 12:04:20.3 logs-authorizer lambda:UpdateFunctionConfiguration 201   402 ms  ·demo',
  ],
])('%j', (patch, text) => {
  expect(lineText(apiRow(call(patch), {compact: false, current: false}))).toBe(text);
  expect(text.length).toBeLessThanOrEqual(118);
});

test('the heading stands above its columns, which are in the order of the answers', () => {
  for (const compact of [false, true]) {
    const row = lineText(apiRow(call({}), {compact, current: true}));
    const heading = apiHeading(compact);
    expect(heading.indexOf('CALL')).toBe(row.indexOf('lambda:'));
    expect(heading.indexOf('ST', heading.indexOf('CALL'))).toBe(row.indexOf('201'));
    expect(heading.length).toBe(row.indexOf('402 ms') + '402 ms'.length);
  }
});
