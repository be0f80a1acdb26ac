/** How long a call takes, from the least to the most, in ms. */
export type Span = readonly [least: number, most: number];

/** What calls of one service take: by operation, and all others. */
type Latencies = Readonly<Record<string, Span>> & {readonly other: Span};

/** A token bucket of one account and region, for all of `operations` together; without them for the whole service. */
export type CallRate = {
  service: string;
  operations?: readonly string[];
  /** Operations of the service that it leaves alone. */
  except?: readonly string[];
  /** So many tokens come in each interval of so many ms; `burst` is what the bucket holds. */
  tokens: number;
  everyMs: number;
  burst: number;
};

/** What AWS's users wait for at each call, by the scope of its signature. Nothing waits here for the data of a function. */
export const awsLatencyMs: Readonly<Record<string, Latencies>> = {
  sts: {other: [60, 120]},
  iam: {other: [250, 350]},
  dynamodb: {
    CreateTable: [120, 180],
    UpdateTable: [120, 180],
    DeleteTable: [120, 180],
    DescribeTable: [30, 50],
    other: [5, 15],
  },
  lambda: {
    PublishLayerVersion: [1_000, 1_400],
    CreateFunction: [750, 1_050],
    UpdateFunctionCode: [750, 1_050],
    UpdateFunctionConfiguration: [200, 300],
    // Its time is the write of the policy, see `policyWriteMs`.
    AddPermission: [0, 0],
    RemovePermission: [0, 0],
    Invoke: [0, 0],
    other: [60, 140],
  },
  apigateway: {DeleteRestApi: [820, 1_020], other: [300, 600]},
  logs: {other: [100, 150]},
};

const perSecond = (tokens: number) => ({tokens, everyMs: 1_000, burst: tokens});

/** Quotas of an account in a region that its owner cannot raise. */
export const awsCallRates: readonly CallRate[] = [
  // For regional APIs; edge-optimised ones wait ten times as long on AWS.
  {service: 'apigateway', operations: ['CreateRestApi'], tokens: 1, everyMs: 3_000, burst: 1},
  {service: 'apigateway', operations: ['DeleteRestApi'], tokens: 1, everyMs: 30_000, burst: 1},
  {service: 'apigateway', operations: ['CreateDeployment'], tokens: 1, everyMs: 5_000, burst: 1},
  {service: 'apigateway', operations: ['CreateResource', 'DeleteResource'], ...perSecond(5)},
  {service: 'apigateway', operations: ['GetResources'], tokens: 5, everyMs: 2_000, burst: 5},
  {service: 'apigateway', tokens: 10, everyMs: 1_000, burst: 40},
  {service: 'lambda', operations: ['GetFunction'], ...perSecond(100)},
  {service: 'lambda', except: ['GetFunction', 'Invoke'], ...perSecond(15)},
  {service: 'logs', operations: ['CreateLogGroup'], ...perSecond(10)},
  {service: 'logs', operations: ['DeleteLogGroup'], ...perSecond(10)},
  {service: 'logs', operations: ['DescribeLogGroups'], ...perSecond(10)},
  {service: 'logs', operations: ['FilterLogEvents'], ...perSecond(5)},
  {service: 'dynamodb', operations: ['TagResource', 'UntagResource'], ...perSecond(5)},
];
