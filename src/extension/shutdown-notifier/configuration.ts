type Credentials = {accessKeyId: string; secretAccessKey: string; sessionToken?: string};

/** All that the extension takes from its environment variables. */
export type Configuration = {
  /** `host:port` of the Extensions API. */
  runtimeApi: string;
  functionName: string;
  functionVersion: string;
  initType: string;
  region: string;
  credentials: Credentials;
  /** Of DynamoDB. */
  endpoint: URL;
  /** The endpoint is on this machine: the embedded AWS. */
  local: boolean;
  table?: string;
  ttlSeconds: number;
  webhookUrl?: string;
  debug: boolean;
};

type Variables = Readonly<Record<string, string | undefined>>;

const defaultTtlSeconds = 1_200;
const longestTtlSeconds = 366 * 86_400;

/** Never throws: what is missing or makes no sense gets its default. */
export function readConfiguration(variables: Variables): Configuration {
  const region = variables.AWS_REGION ?? 'us-east-1';
  const override = parseUrl(variables.AWS_ENDPOINT_URL_DYNAMODB) ?? parseUrl(variables.AWS_ENDPOINT_URL);
  const sessionToken = variables.AWS_SESSION_TOKEN;
  return {
    runtimeApi: variables.AWS_LAMBDA_RUNTIME_API ?? '127.0.0.1:9001',
    functionName: variables.AWS_LAMBDA_FUNCTION_NAME ?? 'unknown',
    functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION ?? '$LATEST',
    initType: variables.AWS_LAMBDA_INITIALIZATION_TYPE ?? 'on-demand',
    region,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
      ...(sessionToken && {sessionToken}),
    },
    endpoint: override ?? new URL(`https://dynamodb.${region}.${domain(region)}`),
    local: override !== undefined && isLoopback(override.hostname),
    ...(variables.LIFECYCLE_TABLE && {table: variables.LIFECYCLE_TABLE}),
    ttlSeconds: readTtl(variables.LIFECYCLE_TTL_SECONDS),
    ...(variables.LIFECYCLE_WEBHOOK_URL && {webhookUrl: variables.LIFECYCLE_WEBHOOK_URL}),
    debug: ['1', 'true'].includes(variables.LIFECYCLE_DEBUG ?? ''),
  };
}

/** `hostname` as URL gives it: numbers normalised, IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function domain(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

function parseUrl(text: string | undefined): URL | undefined {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

function readTtl(text: string | undefined): number {
  const seconds = /^\d{1,9}$/.test(text ?? '') ? Number(text) : defaultTtlSeconds;
  return seconds >= 1 && seconds <= longestTtlSeconds ? seconds : defaultTtlSeconds;
}
