import {GetFunctionConfigurationCommand, type LambdaClient} from '@aws-sdk/client-lambda';
import {orAbsent} from '../aws/errors.ts';

/** What Lambda says of a function at a moment: its timeout, ms, and when it was last changed, epoch ms. */
export type FunctionFacts = {timeoutMs?: number; lastModified?: number};

/** Reads them, with the variables of the function; nothing when it is gone. */
export async function readFunction(
  lambda: LambdaClient,
  functionName: string,
): Promise<{facts: FunctionFacts; variables: Readonly<Record<string, string>>}> {
  const found = await orAbsent(lambda.send(new GetFunctionConfigurationCommand({FunctionName: functionName})));
  const lastModified = Date.parse(found?.LastModified ?? '');
  return {
    facts: {
      ...(found?.Timeout && {timeoutMs: found.Timeout * 1_000}),
      ...(!Number.isNaN(lastModified) && {lastModified}),
    },
    variables: found?.Environment?.Variables ?? {},
  };
}
