import {routes} from './routes.ts';
import {createTarget} from './target.ts';

/** Lambda's entry point. */
export const handler = createTarget({routes, variables: process.env});
