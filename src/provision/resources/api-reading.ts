import {
  type APIGatewayClient,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStageCommand,
  type RestApi,
} from '@aws-sdk/client-api-gateway';
import {orAbsent} from '../../aws/errors.ts';
import {ownership} from '../../aws/ownership.ts';
import {perRun} from '../context.ts';
import {authorizerName} from './api-definition.ts';

/** Every REST API of our name, oldest first: names are not unique. */
export const namesakes = perRun(async ({clients, names}) => {
  const apis: RestApi[] = [];
  let position: string | undefined;
  do {
    const page = await clients.apigateway.send(new GetRestApisCommand({limit: 500, position}));
    apis.push(...(page.items ?? []));
    position = page.position;
  } while (position);
  const age = ({createdDate, id}: RestApi) => `${createdDate?.toISOString() ?? ''} ${id}`;
  return apis
    .filter(api => api.name === names.api && api.id)
    .map(api => ({id: api.id!, tags: api.tags, age: age(api)}))
    .sort((a, b) => (a.age < b.age ? -1 : 1));
});

/** Those of this stack. Creation has no token, so a call repeated after a lost answer makes a second one. */
export const ownApis = perRun(async run =>
  (await namesakes(run)).filter(({tags}) => ownership(tags, run.names.stack).ours),
);

/** What the API consists of, with the description of the deployment that its stage shows. */
export type ApiParts = Awaited<ReturnType<typeof readParts>>;

async function readParts(client: APIGatewayClient, restApiId: string, stageName: string) {
  const [resources, authorizers, stage, deployments] = await Promise.all([
    client.send(new GetResourcesCommand({restApiId, limit: 500, embed: ['methods']})),
    client.send(new GetAuthorizersCommand({restApiId, limit: 500})),
    orAbsent(client.send(new GetStageCommand({restApiId, stageName}))),
    client.send(new GetDeploymentsCommand({restApiId, limit: 500})),
  ]);
  const deployment = stage && deployments.items?.find(({id}) => id === stage.deploymentId);
  return {
    resources: new Map(resources.items?.map(each => [each.path ?? '', each])),
    authorizer: authorizers.items?.find(each => each.name === authorizerName),
    stage,
    deployed: deployment?.description,
  };
}

/** The API of this stack with its parts, `undefined` when there is none. */
export const readApi = perRun(async run => {
  const api = (await ownApis(run))[0];
  return api && {id: api.id, tags: api.tags, parts: await readParts(run.clients.apigateway, api.id, run.names.stage)};
});
