const uri =
  /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(?<functionArn>arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[^/]+)\/invocations$/;

/** The function's ARN, qualifier included, in an integration or authorizer URI; nothing when it is malformed. */
export function functionArnIn(text: string | undefined): string | undefined {
  return uri.exec(text ?? '')?.groups?.functionArn;
}
