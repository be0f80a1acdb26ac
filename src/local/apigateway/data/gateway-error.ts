/** An answer that API Gateway gives by itself. `type` goes to `x-amzn-ErrorType`, `body` is sent as it is. */
export class GatewayError extends Error {
  readonly status: number;
  readonly type: string;
  readonly body: string;

  constructor(status: number, type: string, body: string) {
    super(body);
    this.status = status;
    this.type = type;
    this.body = body;
  }
}

/** The answers, texts and spacing as API Gateway sends them. */
export const gatewayErrors = {
  forbidden: () => new GatewayError(403, 'ForbiddenException', '{"message":"Forbidden"}'),
  unknownRoute: () =>
    new GatewayError(403, 'MissingAuthenticationTokenException', '{"message":"Missing Authentication Token"}'),
  unauthorized: () => new GatewayError(401, 'UnauthorizedException', '{"message":"Unauthorized"}'),
  denied: (explicit: boolean) =>
    new GatewayError(
      403,
      'AccessDeniedException',
      `{"Message":"User is not authorized to access this resource${explicit ? ' with an explicit deny' : ''}"}`,
    ),
  authorizerFailed: () =>
    new GatewayError(500, 'AuthorizerConfigurationException', '{"message":"Internal server error"}'),
  throttled: () => new GatewayError(429, 'TooManyRequestsException', '{"message":"Too Many Requests"}'),
  tooLarge: () => new GatewayError(413, 'RequestTooLargeException', '{"message":"Request Too Long"}'),
  integrationFailed: () =>
    new GatewayError(500, 'InternalServerErrorException', '{"message": "Internal server error"}'),
  badIntegrationAnswer: () =>
    new GatewayError(502, 'InternalServerErrorException', '{"message": "Internal server error"}'),
  integrationTimeout: () =>
    new GatewayError(504, 'InternalServerErrorException', '{"message": "Endpoint request timed out"}'),
};
