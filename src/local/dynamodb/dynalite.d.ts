declare module 'dynalite' {
  import type {EventEmitter} from 'node:events';

  type Options = {createTableMs?: number; deleteTableMs?: number; updateTableMs?: number};
  /** An http.Server; only its `request` listener is used here. */
  export default function dynalite(options?: Options): EventEmitter;
}
