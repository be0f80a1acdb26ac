import {loadSharedConfigFiles} from '@smithy/core/config';
import {Problem} from './problem.ts';
import {checkEndpoint, isLoopback, type Target} from './target.ts';

/** AWS names regions like `eu-central-1`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`. */
const regionPattern = /^[a-z]{2,4}(-[a-z]+){1,2}-[1-9]$/;
/** As the SDK writes them in variables. */
const services = ['STS', 'IAM', 'LAMBDA', 'DYNAMODB', 'API_GATEWAY', 'CLOUDWATCH_LOGS'];
const fallbackRegion = 'us-east-1';

/**
 * Where to go: flags first, then variables (AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL), then the AWS
 * config file, then us-east-1. On a loopback endpoint the config file is not read. Throws a usage Problem on a region that
 * cannot be one, an unusable endpoint, and a profile that does not exist.
 */
export async function resolveTarget(
  choice: {profile?: string; region?: string; endpointUrl?: string},
  environment: NodeJS.ProcessEnv,
): Promise<Target> {
  const endpoint = choice.endpointUrl ?? configuredEndpoint(environment, 'AWS_ENDPOINT_URL');
  if (endpoint !== undefined) checkEndpoint(endpoint);
  const namedRegion = choice.region ?? set(environment.AWS_REGION) ?? set(environment.AWS_DEFAULT_REGION);
  if (endpoint !== undefined && isLoopback({endpoint})) {
    const environmentKeys = set(environment.AWS_ACCESS_KEY_ID) !== undefined;
    return {
      label: 'Local',
      region: checkRegion(namedRegion ?? fallbackRegion),
      endpoint,
      ...(environmentKeys && {environmentKeys}),
    };
  }
  const profile = choice.profile ?? set(environment.AWS_PROFILE);
  const section = await profileSection(profile, environment);
  const region = checkRegion(namedRegion ?? section.region ?? fallbackRegion);
  const address = endpoint ?? (ignoresConfigured(environment) ? undefined : section.endpoint_url);
  if (address === undefined) {
    const serviceEndpoints = configuredServiceEndpoints(environment);
    return {
      label: profile ?? 'default',
      region,
      ...(profile !== undefined && {profile}),
      ...(Object.keys(serviceEndpoints).length > 0 && {serviceEndpoints}),
    };
  }
  checkEndpoint(address);
  if (isLoopback({endpoint: address})) return {label: 'Local', region, endpoint: address};
  return {label: new URL(address).host, region, ...(profile !== undefined && {profile}), endpoint: address};
}

/** The SDK reads an empty variable as none. */
function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function configuredEndpoint(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return ignoresConfigured(environment) ? undefined : set(environment[name]);
}

/** A named endpoint goes before these; without one the SDK would use them, so they must be as safe. */
function configuredServiceEndpoints(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = services.map(service => `AWS_ENDPOINT_URL_${service}`);
  const found = names.flatMap(name => {
    const endpoint = configuredEndpoint(environment, name);
    return endpoint === undefined ? [] : [[name, endpoint] as const];
  });
  for (const [, endpoint] of found) checkEndpoint(endpoint);
  return Object.fromEntries(found);
}

function ignoresConfigured(environment: NodeJS.ProcessEnv): boolean {
  return environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true';
}

function checkRegion(region: string): string {
  if (regionPattern.test(region)) return region;
  throw new Problem('usage', `"${region}" is no AWS region`, {
    solution: 'Name one such as eu-central-1 with --region.',
  });
}

async function profileSection(
  profile: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<{region?: string | undefined; endpoint_url?: string | undefined}> {
  const {configFile, credentialsFile} = await loadSharedConfigFiles({
    ...(environment.AWS_CONFIG_FILE && {configFilepath: environment.AWS_CONFIG_FILE}),
    ...(environment.AWS_SHARED_CREDENTIALS_FILE && {filepath: environment.AWS_SHARED_CREDENTIALS_FILE}),
    ignoreCache: true,
  });
  const name = profile ?? 'default';
  const section = {...credentialsFile[name], ...configFile[name]};
  if (profile !== undefined && !configFile[name] && !credentialsFile[name]) {
    throw new Problem('usage', `There is no AWS profile "${profile}"`, {next: 'aws configure list-profiles'});
  }
  return {region: section.region, endpoint_url: section.endpoint_url};
}
