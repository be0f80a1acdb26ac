import type {
  DeleteFunctionCommandInput,
  GetFunctionCodeSigningConfigCommandInput,
  GetFunctionCommandInput,
  GetFunctionConfigurationCommandInput,
  GetFunctionResponse,
  ListFunctionsCommandInput,
} from '@aws-sdk/client-lambda';
import {codeLocation} from '../code/code-store.ts';
import {fullConfiguration, listedConfiguration} from './configuration.ts';
import {invalidParameter} from './errors.ts';
import {readReference} from './names.ts';
import {page} from './page.ts';
import type {Caller, FunctionParts} from './parts.ts';
import {versionArn, versionOf} from './store.ts';

type Wanted = {FunctionName: string | undefined; Qualifier?: string | undefined};

/** GetFunction, GetFunctionConfiguration, GetFunctionCodeSigningConfig, ListFunctions and DeleteFunction. */
export function createFunctionHandlers({store, progress, retire}: FunctionParts) {
  const find = (input: Wanted, caller: Caller) => {
    const reference = readReference(input.FunctionName, caller, input.Qualifier);
    const found = store.get(reference);
    const version = versionOf(found, reference.qualifier);
    return {found, version, reference, arn: versionArn(found, version, reference)};
  };
  return {
    getFunction(input: GetFunctionCommandInput, caller: Caller): GetFunctionResponse {
      const {found, version, arn} = find(input, caller);
      const reserved = found.reservedConcurrency;
      return {
        Configuration: fullConfiguration(found, version, arn),
        Code: {RepositoryType: 'S3', Location: codeLocation(caller.endpoint, version.code)},
        ...(Object.keys(found.tags).length > 0 && {Tags: {...found.tags}}),
        ...(reserved !== undefined && {Concurrency: {ReservedConcurrentExecutions: reserved}}),
      };
    },
    getFunctionConfiguration(input: GetFunctionConfigurationCommandInput, caller: Caller) {
      const {found, version, arn} = find(input, caller);
      return fullConfiguration(found, version, arn);
    },
    /** Infrastructure tools ask for it whenever they read a function; none is ever set here. */
    getFunctionCodeSigningConfig(input: GetFunctionCodeSigningConfigCommandInput, caller: Caller) {
      const {found} = find(input, caller);
      return {CodeSigningConfigArn: '', FunctionName: found.name};
    },
    listFunctions(input: ListFunctionsCommandInput, caller: Caller) {
      const all = store.list(caller).flatMap(one => {
        const versions = input.FunctionVersion === 'ALL' ? [one.latest, ...one.published] : [one.latest];
        const qualify = input.FunctionVersion === 'ALL';
        return versions.map(version => {
          const arn = qualify ? `${one.arn}:${version.version}` : one.arn;
          return listedConfiguration(one, version, arn);
        });
      });
      const {items, ...next} = page(all, input);
      return {Functions: items, ...next};
    },
    /** The whole function, or one published version. */
    deleteFunction(input: DeleteFunctionCommandInput, caller: Caller) {
      const {found, version, reference} = find(input, caller);
      if (reference.qualifier === '$LATEST') {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
      }
      if (reference.qualifier === undefined) {
        store.delete(found.arn);
        progress.stop(found);
        for (const one of [found.live, ...found.published]) retire(one);
      } else {
        found.published.splice(found.published.indexOf(version), 1);
        found.policies.delete(reference.qualifier);
        retire(version);
      }
      return {StatusCode: 204};
    },
  };
}
