import type {
  FunctionConfiguration,
  ListVersionsByFunctionCommandInput,
  PublishVersionCommandInput,
} from '@aws-sdk/client-lambda';
import {fullConfiguration, listedConfiguration} from './configuration.ts';
import {invalidParameter, staleRevision} from './errors.ts';
import type {FunctionVersion, LambdaFunction} from './model.ts';
import {readReference} from './names.ts';
import {page} from './page.ts';
import type {Caller, FunctionParts} from './parts.ts';
import {changed, checkSettled, versionArn} from './store.ts';

/** Freezes `$LATEST` under the next number; the last published version again when nothing changed since. */
export function publish(lambdaFunction: LambdaFunction, description: string | undefined): FunctionVersion {
  const {latest, published} = lambdaFunction;
  const last = published.at(-1);
  if (last && sameContent(last, latest)) return last;
  lambdaFunction.lastVersion += 1;
  const version = String(lambdaFunction.lastVersion);
  const frozen = changed(latest, {version, description: description ?? latest.description});
  published.push(frozen);
  return frozen;
}

/** PublishVersion and ListVersionsByFunction. */
export function createVersionHandlers({store}: FunctionParts) {
  return {
    publishVersion(input: PublishVersionCommandInput, caller: Caller): FunctionConfiguration {
      const found = store.get(readReference(input.FunctionName, caller));
      checkSettled(found);
      const {revisionId, code} = found.latest;
      if (input.RevisionId !== undefined && input.RevisionId !== revisionId) throw staleRevision();
      if (input.CodeSha256 !== undefined && input.CodeSha256 !== code.sha256) {
        throw invalidParameter(
          `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      }
      const version = publish(found, input.Description);
      return fullConfiguration(found, version, versionArn(found, version));
    },
    listVersionsByFunction(input: ListVersionsByFunctionCommandInput, caller: Caller) {
      const found = store.get(readReference(input.FunctionName, caller));
      const {items, ...next} = page([found.latest, ...found.published], input);
      const versions = items.map(one => listedConfiguration(found, one, `${found.arn}:${one.version}`));
      return {Versions: versions, ...next};
    },
  };
}

/** Everything a version holds but its name, its texts and its times. */
function sameContent(one: FunctionVersion, other: FunctionVersion): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({version: _1, description: _2, lastModified: _3, revisionId: _4, ...content}: FunctionVersion) {
  return JSON.stringify(content);
}
