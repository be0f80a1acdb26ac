/** One control-plane request, wholly read. */
export type WireRequest = {
  method: string;
  /** Still percent-encoded. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** Lower-case names; repeated headers joined. */
  headers: Record<string, string>;
  body: Uint8Array;
};

export type WireResponse = {status: number; headers: Record<string, string>; body: Uint8Array | string};
