import type {Sample} from './sample.ts';

const page = {status: 200, type: 'html', route: 'direct'} as const;

/** Invokes by somebody whom IAM knows: any object that is no HTTP event. */
export const directSamples: Sample[] = [
  {
    name: 'nothing in it',
    event: {},
    ...page,
    body: ['<h1>✅ Success!', 'Request headers</h2><p class="soft">None</p>'],
  },
  {name: 'the console’s test event', event: {key1: 'value1'}, ...page, body: ['<h1>✅ Success!']},
  {name: 'a short sleep', event: {sleepMs: 1}, ...page, body: ['<h1>✅ Success!']},
  {name: 'a hang that is not true', event: {hang: 'true', crash: 1}, ...page, body: ['<h1>✅ Success!']},
  {
    name: 'another service’s event',
    event: {Records: [{eventSource: 'aws:s3', s3: {}}]},
    ...page,
    body: ['<h1>✅ Success!'],
  },
];
