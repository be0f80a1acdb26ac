import {join} from 'node:path';
import type {Clients} from '../../aws/clients.ts';
import {callerIdentity} from '../../aws/identity.ts';
import type {StackNames} from '../../aws/names.ts';
import type {Target} from '../../aws/target.ts';
import {type ObservationFile, observationFile} from './observation-file.ts';

export type TargetObservationsOptions = {
  target: Target;
  clients: Clients;
  names: StackNames;
  idleWindow?: {minMs: number; maxMs: number} | undefined;
  folder: string;
  onNotice: (text: string) => void;
};

/**
 * The file in which what is learned of a target is kept. On AWS lifetimes are found out over days, so every run goes on
 * from those before it in the same account, region and stack. On Local the lifetime is a setting and the forecast's
 * prior is that setting: what a run of another time saw has nothing to add to it, so only the score is carried on, apart
 * for each window. Of any other endpoint nothing is known that would tell it from the next one: nothing is kept.
 */
export function targetObservations(options: TargetObservationsOptions): ObservationFile | undefined {
  const {target, clients, names, idleWindow, folder, onNotice} = options;
  if (idleWindow) {
    const name = `local-${Math.round(idleWindow.minMs)}-${Math.round(idleWindow.maxMs)}`;
    return observationFile({path: async () => join(folder, `${name}.json`), teaches: false, onNotice});
  }
  if (target.endpoint !== undefined) return undefined;
  const path = async () => {
    const {account} = await callerIdentity(clients);
    const name = [account, target.region, names.stack].map(part => part.replace(/[^a-z0-9-]/gi, '_'));
    return join(folder, `${name.join('-')}.json`);
  };
  return observationFile({path, teaches: true, onNotice});
}
