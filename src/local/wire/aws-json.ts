import {AwsJson1_1Protocol} from '@aws-sdk/core/protocols';
import type {Codec} from './codec.ts';
import {jsonError, parseJsonObject, readSafely, withoutNulls} from './json-body.ts';
import {readAsResponse, writeAsRequest} from './mirror.ts';
import {operationsOf} from './operation.ts';
import type {SchemaService} from './service.ts';
import {checkRequired, checkTypes} from './validate.ts';

const contentType = 'application/x-amz-json-1.1';

/** awsJson1_1: the operation is named by `X-Amz-Target`, everything else is the body. */
export function awsJsonCodec(service: SchemaService): Codec {
  const operations = new Map(operationsOf(service).map(operation => [operation.name, operation]));
  const namespace = [...operations.values()][0]?.namespace ?? '';
  const protocol = new AwsJson1_1Protocol({defaultNamespace: namespace, serviceTarget: '', errorTypeRegistries: []});
  protocol.setSerdeContext({} as never);
  const validationCode = service.validationCode ?? 'ValidationException';
  return {
    find(request) {
      const operation = operations.get(request.headers['x-amz-target']?.split('.').at(-1) ?? '');
      return operation && {operation, labels: {}};
    },
    async decode(request, {operation}) {
      if (operation.input.isUnitSchema()) return {};
      checkTypes(operation.input, parseJsonObject(request.body), false);
      const read = await readSafely(() => readAsResponse(protocol, operation.reading, {}, request.body));
      const input = withoutNulls(read);
      checkRequired(operation.input, input, validationCode);
      return input;
    },
    async encode(operation, output) {
      const headers = {'content-type': contentType};
      if (operation.output.isUnitSchema()) return {status: 200, headers, body: ''};
      const {body} = await writeAsRequest(protocol, operation.writing, output ?? {});
      return {status: 200, headers, body};
    },
    error: error => ({
      status: error.status,
      headers: {'content-type': contentType, 'x-amzn-errortype': error.code},
      body: jsonError(error),
    }),
  };
}
