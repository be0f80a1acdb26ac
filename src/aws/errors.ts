/**
 * What an AWS error asks for:
 * `absent` the thing is not there; `exists` it already is; `role` a fresh role is not yet visible to Lambda;
 * `busy` another change is under way; `throttled` too many calls or creations at once; `credentials` there are none or they expired;
 * `denied` not allowed; `unreachable` no answer came; `server` AWS failed; `other` anything else.
 */
export type ErrorClass =
  | 'absent'
  | 'exists'
  | 'role'
  | 'busy'
  | 'throttled'
  | 'credentials'
  | 'denied'
  | 'unreachable'
  | 'server'
  | 'other';

type Rule = {class: ErrorClass; name?: RegExp; text?: RegExp};

/** The first rule that matches decides: one name (ResourceInUseException, ResourceConflictException) can mean two things. */
const rules: readonly Rule[] = [
  {class: 'role', name: /^InvalidParameterValue(Exception)?$/, text: /cannot be assumed by Lambda/i},
  {class: 'role', name: /^InvalidParameterValue/, text: /execution role does not have permissions/i},
  {
    class: 'role',
    name: /^InvalidParameterValue/,
    text: /KMS key is invalid for CreateGrant.*ARN does not refer to a valid principal/is,
  },
  {
    class: 'busy',
    name: /^ResourceConflictException$/,
    text: /cannot be performed at this time|update is in progress|in the following state: Pending/i,
  },
  {class: 'busy', text: /concurrent (update operation|modification)/i},
  {
    class: 'busy',
    name: /^ResourceInUseException$/,
    text: /being (created|updated|deleted)|while indexes are being|indexes are being/i,
  },
  {class: 'busy', name: /^(PreconditionFailedException|ConcurrentModification(Exception)?|OperationAbortedException)$/},
  {
    class: 'throttled',
    name: /^(LimitExceededException|SubscriberLimitExceededException)$/,
    text: /simultaneously|rate|too many|throttl/i,
  },
  {
    class: 'throttled',
    name: /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled(Exception)?|ProvisionedThroughputExceededException|EC2ThrottledException)$/,
  },
  {
    class: 'absent',
    name: /^(ResourceNotFound(Exception)?|NoSuchEntity(Exception)?|NotFoundException|TableNotFoundException)$/,
  },
  {
    class: 'exists',
    name: /^(ResourceConflictException|ResourceInUseException|EntityAlreadyExists(Exception)?|ResourceAlreadyExistsException|ConflictException)$/,
  },
  {
    class: 'credentials',
    name: /^(CredentialsProviderError|TokenProviderError|SSOTokenProviderFailure|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature(Exception)?|MissingAuthenticationToken(Exception)?|AuthFailure|RequestExpired|RequestTimeTooSkewed)$/,
  },
  {
    class: 'denied',
    name: /^(AccessDenied(Exception)?|UnauthorizedOperation|UnauthorizedException|ForbiddenException)$/,
  },
  {
    class: 'unreachable',
    name: /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|RequestTimeout)$/,
  },
];

/** Sorts an error thrown by an SDK call by its name, its message and its HTTP status. */
export function classifyError(error: unknown): ErrorClass {
  if (!(error instanceof Error)) return 'other';
  const names = [error.name, (error as NodeJS.ErrnoException).code ?? ''];
  const rule = rules.find(
    ({name, text}) => (!name || names.some(each => name.test(each))) && (!text || text.test(error.message)),
  );
  if (rule) return rule.class;
  const status = (error as {$metadata?: {httpStatusCode?: number}}).$metadata?.httpStatusCode ?? 0;
  return status >= 500 ? 'server' : 'other';
}

/** Whether no other call would fare better: nobody is signed in any more, or nothing answers. */
export function endsRun(error: unknown): boolean {
  return ['credentials', 'unreachable'].includes(classifyError(error));
}

/** The answer of `call`, or `undefined` when the thing it asks for does not exist. Other errors are passed on. */
export async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (classifyError(error) === 'absent') return undefined;
    throw error;
  }
}

/** `Name: message`, as one line for people; not yet safe for a terminal. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\s+/g, ' ').trim();
  if (error.name === 'Problem' || error.name === 'Error' || message.startsWith(error.name))
    return message || error.name;
  return message === '' ? error.name : `${error.name}: ${message}`;
}
