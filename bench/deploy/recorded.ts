import type {Clients} from '../../src/aws/clients.ts';
import type {StackNames} from '../../src/aws/names.ts';
import type {Target} from '../../src/aws/target.ts';
import type {StepId} from '../../src/lifecycle/message.ts';
import type {Assets} from '../../src/provision/context.ts';
import {deploy} from '../../src/provision/deploy.ts';
import {recordWrites, unknownResource, unknowns} from '../../src/provision/recorder.ts';

/** One call of a deployment, for any of the ways to make it. */
export type Call = {step: StepId; service: string; operation: string; input: Record<string, unknown>};

/** Makes a call and gives its output. */
export type Send = (call: Call) => Promise<Record<string, unknown>>;

/**
 * The calls of our deployment of an absent stack, in an order in which they can run one after the other: what every way
 * makes, so that all make the same. The clients are spoilt for anything else.
 */
export async function recordDeploy(request: {
  target: Target;
  clients: Clients;
  names: StackNames;
  assets: Promise<Assets>;
}): Promise<Call[]> {
  const calls = recordWrites(request.clients);
  const options = {ttlSeconds: 1_200, smoke: false};
  const {ok} = await deploy({...request, options, concurrency: 1, emit: () => {}});
  if (!ok) throw new Error('The calls of a deployment could not be recorded');
  return calls.map(({step, ...call}) => ({...call, step: step as StepId}));
}

type Made = {id(input: Call['input']): string; from(output: Record<string, unknown>): unknown};

/** Where the ids that only AWS knows come from. */
const made: Record<string, Made> = {
  CreateRestApi: {id: () => unknowns.api, from: output => output.id},
  GetResources: {id: () => unknowns.root, from: ({items}) => (items as {id: string}[])[0]!.id},
  CreateResource: {id: ({pathPart}) => unknownResource(String(pathPart)), from: output => output.id},
  CreateAuthorizer: {id: () => unknowns.authorizer, from: output => output.id},
  PublishLayerVersion: {id: () => unknowns.layer, from: output => output.LayerVersionArn},
};

/** A sender that puts the ids into the calls, as the calls before them were answered; `idOf` tells them. */
export function withIds(send: Send): {send: Send; idOf(what: keyof typeof unknowns): string} {
  const known = new Map<string, string>();
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return [...known].reduce((text, [from, to]) => text.replaceAll(from, to), value);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each)]));
  };
  return {
    async send(call) {
      const output = await send({...call, input: fill(call.input) as Call['input']});
      const one = made[call.operation];
      if (one) known.set(one.id(call.input), String(one.from(output)));
      return output;
    },
    idOf: what => known.get(unknowns[what])!,
  };
}
