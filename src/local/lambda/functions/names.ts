import {invalidParameter} from './errors.ts';
import {Violations} from './violations.ts';

const reference =
  /^(?:arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:|(?<partial>\d{12}):function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

const pattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';

export type FunctionReference = {name: string; arn: string; qualifier?: string};

/** The unqualified ARN of a function. */
const functionArn = (region: string, account: string, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

/**
 * Reads the forms AWS takes for a function: name, `name:qualifier`, partial ARN and ARN.
 * Throws ValidationException on anything else, InvalidParameterValueException when two qualifiers disagree.
 */
export function readReference(
  text: string | undefined,
  caller: {region: string; account: string},
  qualifier?: string,
): FunctionReference {
  const groups = reference.exec(text ?? '')?.groups;
  if (!groups?.name) {
    return new Violations()
      .add(text ?? '', 'functionName', `Member must satisfy regular expression pattern: ${pattern}`)
      .fail();
  }
  if (groups.qualifier && qualifier && groups.qualifier !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  const arn = functionArn(
    groups.region ?? caller.region,
    groups.account ?? groups.partial ?? caller.account,
    groups.name,
  );
  const found = groups.qualifier ?? qualifier;
  return {name: groups.name, arn, ...(found ? {qualifier: found} : {})};
}
