/** A call on its way to a service: the scope of its signature and the name of its operation. */
export type PassingCall = {service: string; operation: string; account: string; region: string};

/**
 * What the way does to a call. `perform` has the call's effect and gives its answer; around it the call may be held up,
 * refused with a `ServiceError` before or after the effect, or lost with `ConnectionCut`.
 */
export type Traffic = <Answer>(call: PassingCall, perform: () => Promise<Answer>) => Promise<Answer>;

export const freeWay: Traffic = (_call, perform) => perform();

/** One way after the other: the first of them sees a call first. */
export function inOrder(...ways: readonly Traffic[]): Traffic {
  return ways.reduceRight((rest, way) => (call, perform) => way(call, () => rest(call, perform)), freeWay);
}

/** The connection ends without an answer. */
export class ConnectionCut extends Error {}
