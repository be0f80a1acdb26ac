import {setTimeout as sleep} from 'node:timers/promises';
import {ServiceError} from '../../src/local/wire/service.ts';
import {ConnectionCut, type PassingCall, type Traffic} from '../../src/local/wire/traffic.ts';

export const faultKinds = [
  'throttled',
  'failed before',
  'failed after',
  'cut before',
  'cut after',
  'slow',
  'expired',
  'denied',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Without service and operation every call counts. */
export type Fault = {
  kind: FaultKind;
  service?: string;
  operation?: string;
  /** The first call that meets it, counted from now on and from 0. */
  at?: number;
  /** How many calls in a row meet it; one when left out. */
  times?: number;
  /** `slow`: until when the call is held; 50 ms when left out. */
  until?: Promise<unknown>;
};

type Planned = Fault & {seen: number; met: number};

/**
 * Puts faults in the way of calls: as the `traffic` of the embedded AWS, or around the calls of a client. A call meets the
 * first fault that is meant for it; every fault counts the calls that it could be meant for.
 */
export class Faults {
  readonly calls: PassingCall[] = [];
  #planned: Planned[] = [];

  /** Gives how many calls have met the fault so far. */
  add(fault: Fault): () => number {
    const planned = {...fault, seen: 0, met: 0};
    this.#planned.push(planned);
    return () => planned.met;
  }

  /** From now on nothing is in the way. */
  clear(): void {
    this.#planned = [];
    this.calls.length = 0;
  }

  readonly traffic: Traffic = async (call, perform) => {
    this.calls.push(call);
    const fault = this.#next(call);
    if (!fault) return perform();
    switch (fault.kind) {
      case 'slow':
        await (fault.until ?? sleep(50));
        return perform();
      case 'cut before':
        throw new ConnectionCut();
      case 'cut after':
        await perform();
        throw new ConnectionCut();
      case 'failed after':
        await perform();
        throw refusal('failed', call);
      case 'failed before':
        throw refusal('failed', call);
      default:
        throw refusal(fault.kind, call);
    }
  };

  #next(call: PassingCall): Planned | undefined {
    let next: Planned | undefined;
    for (const planned of this.#planned) {
      if ((planned.service ?? call.service) !== call.service) continue;
      if ((planned.operation ?? call.operation) !== call.operation) continue;
      const index = planned.seen++ - (planned.at ?? 0);
      if (index >= 0 && index < (planned.times ?? 1)) next ??= planned;
    }
    if (next) next.met++;
    return next;
  }
}

type Form = readonly [code: string, status: number];

/** Names and statuses as each service has them on its own wire; '*' for the other services. */
const forms: Record<'throttled' | 'failed' | 'expired' | 'denied', Record<string, Form>> = {
  throttled: {
    iam: ['Throttling', 400],
    sts: ['Throttling', 400],
    lambda: ['TooManyRequestsException', 429],
    apigateway: ['TooManyRequestsException', 429],
    '*': ['ThrottlingException', 400],
  },
  failed: {
    iam: ['ServiceFailure', 500],
    lambda: ['ServiceException', 500],
    logs: ['ServiceUnavailableException', 500],
    dynamodb: ['InternalServerError', 500],
    apigateway: ['ServiceUnavailableException', 503],
    '*': ['InternalFailure', 500],
  },
  expired: {
    iam: ['ExpiredToken', 403],
    sts: ['ExpiredToken', 403],
    lambda: ['ExpiredTokenException', 403],
    apigateway: ['ExpiredTokenException', 403],
    '*': ['ExpiredTokenException', 400],
  },
  denied: {
    iam: ['AccessDenied', 403],
    sts: ['AccessDenied', 403],
    lambda: ['AccessDeniedException', 403],
    apigateway: ['AccessDeniedException', 403],
    '*': ['AccessDeniedException', 400],
  },
};

const texts = {
  throttled: () => 'Rate exceeded',
  failed: () => 'An internal error occurred. Retry your request.',
  expired: () => 'The security token included in the request is expired',
  denied: ({service, operation}: PassingCall) => `User is not authorized to perform: ${service}:${operation}`,
};

function refusal(kind: keyof typeof forms, call: PassingCall): ServiceError {
  const [code, status] = forms[kind][call.service] ?? forms[kind]['*']!;
  return new ServiceError(code, texts[kind](call), status);
}
