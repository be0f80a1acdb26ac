import {assetPath, loadAssets} from '../assets/load.ts';
import type {StepId} from '../lifecycle/message.ts';
import {awsCommand, type Placeholders} from './aws-command.ts';
import type {DeployOptions, ProvisionRequest} from './context.ts';
import {deploy} from './deploy.ts';
import {deploySteps} from './nodes.ts';
import {type RecordedCall, recordWrites, unknownResource, unknowns} from './recorder.ts';
import {parentPath, pathPart, routes} from './resources/api-definition.ts';

/** One command of a deployment. `capture` is the shell variable that its output goes to, `waits` marks one that only waits. */
export type PlannedCommand = {step: StepId; command: string; capture?: string; waits?: true; patient?: true};

export type Plan = {
  commands: PlannedCommand[];
  /** Of a step's title, name and needs. */
  steps: {id: StepId; title: string; name: string; needs: readonly StepId[]}[];
  /** May hold `$API_ID`. */
  apiUrl?: string;
};

const resourceVariable = (part: string) => `${part.toUpperCase()}_RESOURCE`;
const resourceParts = new Set(
  routes
    .flatMap(({path}) => [parentPath(path), path])
    .filter(path => path !== '/')
    .map(pathPart),
);

const variables: Placeholders = new Map([
  [unknowns.api, 'API_ID'],
  [unknowns.root, 'ROOT_ID'],
  [unknowns.authorizer, 'AUTHORIZER_ID'],
  [unknowns.layer, 'LAYER_ARN'],
  ...[...resourceParts].map(part => [unknownResource(part), resourceVariable(part)] as const),
]);

/** What of a command's output is needed later. */
const captures: Record<string, {variable: string | ((input: RecordedCall['input']) => string); query: string}> = {
  CreateRestApi: {variable: 'API_ID', query: 'id'},
  GetResources: {variable: 'ROOT_ID', query: 'items[0].id'},
  CreateResource: {variable: ({pathPart}) => resourceVariable(String(pathPart)), query: 'id'},
  CreateAuthorizer: {variable: 'AUTHORIZER_ID', query: 'id'},
  PublishLayerVersion: {variable: 'LAYER_ARN', query: 'LayerVersionArn'},
};

/**
 * What `deploy` would do now, as aws CLI commands in an order in which they can run one after the other. It is the deployment
 * itself with clients that change nothing: only STS and reads reach AWS. The clients are spoilt for anything else.
 * Throws what deploy throws.
 */
export async function planDeploy(
  request: Omit<ProvisionRequest, 'emit'> & {
    options: DeployOptions;
    /** Texts that must not be printed, by the shell variables to print in their place. */
    secrets?: Placeholders;
  },
): Promise<Plan> {
  const assets = await loadAssets();
  const calls = recordWrites(request.clients);
  const errors: string[] = [];
  const {ok, apiUrl} = await deploy({
    ...request,
    assets: Promise.resolve(assets),
    options: {...request.options, smoke: false},
    concurrency: 1,
    emit: message => message.type === 'error' && errors.push(`${message.title}: ${message.details ?? ''}`),
  });
  if (!ok) throw new Error(errors.join('; ') || 'The plan could not be made');
  const files = new Map(
    (['layer', 'target', 'authorizer'] as const).map(name => [assets[name].zip, assetPath(name)] as const),
  );
  const placeholders = new Map([...variables, ...(request.secrets ?? [])]);
  const commands = calls.flatMap((call, at) => plannedCommand(call, calls.slice(0, at), {files, placeholders}));
  const used = new Set(commands.map(({step}) => step));
  return {
    commands,
    steps: deploySteps
      .filter(({id}) => used.has(id))
      .map(({id, title, name, needs}) => ({
        id,
        title,
        name: name(request.names),
        needs: needs.filter(one => used.has(one)),
      })),
    ...(apiUrl !== undefined && {apiUrl: apiUrl.replace(unknowns.api, '$API_ID')}),
  };
}

function plannedCommand(
  call: RecordedCall,
  before: readonly RecordedCall[],
  how: Parameters<typeof awsCommand>[1],
): PlannedCommand[] {
  const step = call.step as StepId;
  const wait = waiter(call, how);
  if (wait !== undefined) {
    const isRepeated = before.some(each => each.step === step && waiter(each, how) === wait);
    return isRepeated ? [] : [{step, command: wait, waits: true}];
  }
  const command = awsCommand(call, how);
  const capture = captures[call.operation];
  if (capture) {
    const {variable, query} = capture;
    const name = typeof variable === 'string' ? variable : variable(call.input);
    return [{step, command: `${command} --query '${query}' --output text`, capture: name}];
  }
  return [{step, command, ...(call.operation === 'CreateFunction' && {patient: true as const})}];
}

/** The CLI waits by commands of its own. */
function waiter({operation, input}: RecordedCall, how: Parameters<typeof awsCommand>[1]): string | undefined {
  if (operation === 'DescribeTable')
    return awsCommand({service: 'dynamodb wait', operation: 'TableExists', input}, how);
  if (operation !== 'GetFunctionConfiguration') return undefined;
  return awsCommand({service: 'lambda wait', operation: 'FunctionActive-v2', input}, how);
}
