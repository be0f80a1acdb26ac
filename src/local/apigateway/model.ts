import type {EndpointConfiguration, Integration, Method, MethodSetting} from '@aws-sdk/client-api-gateway';

/** An authorizer as configured; all members are set that its type needs. */
export type Authorizer = {
  id: string;
  name: string;
  type: 'TOKEN' | 'REQUEST';
  authorizerUri: string;
  /** Comma-separated mapping expressions; empty for none. */
  identitySource: string;
  identityValidationExpression?: string;
  authorizerResultTtlInSeconds: number;
};

export type ApiMethod = Method & {httpMethod: string; authorizationType: string; methodIntegration?: Integration};

export type Resource = {
  id: string;
  parentId?: string;
  pathPart?: string;
  /** From the root, `/` for the root itself. */
  path: string;
  methods: Map<string, ApiMethod>;
};

/** What a deployment froze; later changes of the API do not reach it. */
export type Snapshot = {
  resources: Resource[];
  authorizers: Map<string, Authorizer>;
  binaryMediaTypes: string[];
};

export type Deployment = {id: string; description?: string; createdDate: Date; snapshot: Snapshot};

export type Stage = {
  stageName: string;
  deploymentId: string;
  description?: string;
  createdDate: Date;
  lastUpdatedDate: Date;
  /** By `*\/*` or `~1path/METHOD`. */
  methodSettings: Map<string, MethodSetting>;
  variables: Map<string, string>;
  tags: Map<string, string>;
  tracingEnabled: boolean;
  /** Epoch ms. */
  madeAt: number;
};

export type RestApi = {
  id: string;
  account: string;
  region: string;
  name: string;
  description?: string;
  createdDate: Date;
  endpointConfiguration: EndpointConfiguration;
  binaryMediaTypes: string[];
  disableExecuteApiEndpoint: boolean;
  apiKeySource: 'HEADER' | 'AUTHORIZER';
  tags: Map<string, string>;
  rootResourceId: string;
  resources: Map<string, Resource>;
  authorizers: Map<string, Authorizer>;
  deployments: Map<string, Deployment>;
  stages: Map<string, Stage>;
};

/** All REST APIs, by id. */
export type Apis = Map<string, RestApi>;
