import type {
  DeleteFunctionConcurrencyCommandInput,
  GetAccountSettingsCommandOutput,
  GetFunctionConcurrencyCommandInput,
  PutFunctionConcurrencyCommandInput,
} from '@aws-sdk/client-lambda';
import type {Settings} from '../../settings.ts';
import type {RequestContext} from '../../wire/service.ts';
import {invalidParameter} from './errors.ts';
import {readReference} from './names.ts';
import type {FunctionStore} from './store.ts';

/** What the account must keep for functions without a reservation. */
const leastUnreserved = 100;
const codeSizeLimits = {TotalCodeSize: 80_530_636_800, CodeSizeZipped: 52_428_800};

/** Put-, Get- and DeleteFunctionConcurrency, and GetAccountSettings. */
export function createConcurrencyHandlers(store: FunctionStore, settings: Settings) {
  const find = (input: {FunctionName: string | undefined}, context: RequestContext) =>
    store.get(readReference(input.FunctionName, context));
  return {
    putFunctionConcurrency(input: PutFunctionConcurrencyCommandInput, context: RequestContext) {
      const found = find(input, context);
      const wanted = input.ReservedConcurrentExecutions ?? 0;
      if (wanted < 0) throw invalidParameter('ReservedConcurrentExecutions must be 0 or more.');
      if (store.unreserved(context, found) - wanted < Math.min(leastUnreserved, settings.accountConcurrency)) {
        throw invalidParameter(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
        );
      }
      found.reservedConcurrency = wanted;
      return {ReservedConcurrentExecutions: wanted};
    },
    getFunctionConcurrency(input: GetFunctionConcurrencyCommandInput, context: RequestContext) {
      const {reservedConcurrency} = find(input, context);
      return reservedConcurrency === undefined ? {} : {ReservedConcurrentExecutions: reservedConcurrency};
    },
    deleteFunctionConcurrency(input: DeleteFunctionConcurrencyCommandInput, context: RequestContext) {
      delete find(input, context).reservedConcurrency;
      return {};
    },
    getAccountSettings(_: unknown, context: RequestContext): Omit<GetAccountSettingsCommandOutput, '$metadata'> {
      const functions = store.list(context);
      const versions = functions.flatMap(({latest, published}) => [latest, ...published]);
      return {
        AccountLimit: {
          ...codeSizeLimits,
          CodeSizeUnzipped: settings.unpackedLimitBytes,
          ConcurrentExecutions: settings.accountConcurrency,
          UnreservedConcurrentExecutions: store.unreserved(context),
        },
        AccountUsage: {
          TotalCodeSize: versions.reduce((sum, {code}) => sum + code.size, 0),
          FunctionCount: functions.length,
        },
      };
    },
  };
}
