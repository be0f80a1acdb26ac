import {XmlShapeSerializer} from '@aws-sdk/core/protocols';
import type {Codec} from './codec.ts';
import {parseForm, readForm} from './form.ts';
import {operationsOf} from './operation.ts';
import type {SchemaService, ServiceError} from './service.ts';
import {checkRequired} from './validate.ts';
import type {WireRequest, WireResponse} from './wire-request.ts';

const namespaces: Record<string, string> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

/** awsQuery: a form in, XML out; the operation is named by `Action`. */
export function awsQueryCodec(service: SchemaService): Codec {
  const operations = new Map(operationsOf(service).map(operation => [operation.name, operation]));
  const namespace = namespaces[service.scope] ?? '';
  const serializer = new XmlShapeSerializer({
    httpBindings: false,
    timestampFormat: {useTrait: true, default: 5},
    xmlNamespace: '',
    serviceNamespace: [...operations.values()][0]?.namespace ?? '',
  } as never);
  serializer.setSerdeContext({} as never);
  return {
    find(request) {
      const operation = operations.get(new URLSearchParams(formOf(request)).get('Action') ?? '');
      return operation && {operation, labels: {}};
    },
    async decode(request, {operation}) {
      if (operation.input.isUnitSchema()) return {};
      const input = readForm(operation.input, parseForm(formOf(request))) as Record<string, unknown>;
      checkRequired(operation.input, input, service.validationCode ?? 'ValidationError');
      return input;
    },
    async encode(operation, output, requestId) {
      const {name} = operation;
      let result = '';
      if (!operation.output.isUnitSchema()) {
        serializer.write(operation.output, output ?? {});
        result = renamedRoot(String(serializer.flush()), `${name}Result`);
      }
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      return xml(200, `<${name}Response xmlns="${namespace}">${result}${metadata}</${name}Response>`);
    },
    error: (error, requestId) => queryError(error, requestId, namespace),
  };
}

/** A modelled error as XML; also for requests whose service is not known but which speak in forms. */
export function queryError(error: ServiceError, requestId: string, namespace = ''): WireResponse {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  // On this wire IAM's exceptions are called without the suffix that the SDKs give them.
  const code = escapeXml(error.code.replace(/Exception$/, ''));
  const detail = `<Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(error.message)}</Message>`;
  const body = `<Error>${detail}</Error><RequestId>${requestId}</RequestId>`;
  return xml(error.status, `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`);
}

const formOf = (request: WireRequest): string =>
  request.method === 'GET' ? request.query : Buffer.from(request.body).toString('utf8');

const xml = (status: number, body: string): WireResponse => ({status, headers: {'content-type': 'text/xml'}, body});

function renamedRoot(text: string, name: string): string {
  const root = /^<([^\s/>]+)/.exec(text)?.[1];
  if (root === undefined) return `<${name}/>`;
  return text.replace(/^<[^\s/>]+/, `<${name}`).replace(new RegExp(`</${root}>$`), `</${name}>`);
}

/** Also drops what XML 1.0 cannot carry. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '?')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
