export type ApiRequest = {
  method: 'GET' | 'POST';
  path: string;
  /** With the length of the body, if there is one. */
  headers: Readonly<Record<string, string | number>>;
  body: string;
};

/** `headers`: names in lower case. */
export type ApiAnswer = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
};

/** How the runtime reaches the Runtime API. Without any time limit: a frozen process must find its calls as they were. */
export type ApiConnection = {
  /** Nothing stands between: a request may follow another before that is answered. */
  readonly direct: boolean;
  request(request: ApiRequest): Promise<ApiAnswer>;
};
