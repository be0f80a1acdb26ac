import type {OptionValues} from './options.ts';

type TargetChoice = {stack: string; profile?: string; region?: string; endpointUrl?: string};

/** Where the command line says to go. */
export function targetChoice(options: OptionValues): TargetChoice {
  return {
    stack: options.stack ?? 'default',
    ...(options.profile !== undefined && {profile: options.profile}),
    ...(options.region !== undefined && {region: options.region}),
    ...(options['endpoint-url'] !== undefined && {endpointUrl: options['endpoint-url']}),
  };
}
