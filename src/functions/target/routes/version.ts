import {type Answer, jsonAnswer} from '../answer.ts';
import type {Visit} from '../visit.ts';

/** Filled in when the function is bundled. */
const version = process.env.LIFECYCLE_VERSION ?? 'unbundled';

/** GET /info/version: what runs, on what, and where. */
export function answerVersion({variables}: Visit<unknown>): Answer {
  return jsonAnswer({
    name: 'lifecycle-tui',
    version,
    // What the function is configured for; the embedded AWS runs it on a Node.js of its own.
    runtime: variables.AWS_EXECUTION_ENV?.replace('AWS_Lambda_', '') ?? null,
    node: process.version,
    architecture: process.arch,
    region: variables.AWS_REGION ?? null,
  });
}
