import type {RawResponse} from '../wire/service.ts';
import {errorAnswer, jsonAnswer} from './json-answer.ts';
import {type Input, type Overlay, tableStatus} from './request-scope.ts';
import {notesOf, type TimeToLive} from './table-notes.ts';

const invalid = (message: string) => errorAnswer('ValidationException', message);

/**
 * UpdateTimeToLive with DynamoDB's texts: a table that is not ACTIVE is ResourceInUseException; enabling what is enabled, disabling
 * what is disabled, another attribute, and a second change within the hour are ValidationException.
 */
export async function updateTimeToLive(overlay: Overlay, input: Input, now = Date.now()): Promise<RawResponse> {
  const specification = readSpecification(input.TimeToLiveSpecification);
  if (typeof specification === 'string') return invalid(specification);
  const found = await tableStatus(overlay.engine, input.TableName);
  if ('failure' in found) return found.failure;
  const table = String(input.TableName);
  if (found.status === 'CREATING' || found.status === 'DELETING') return busy(table, found.status);
  const notes = notesOf(overlay.tables, table);
  const problem = changeProblem(notes.timeToLive, specification, now - overlay.ttlChangeMs);
  if (problem) return invalid(problem);
  const {enabled, attribute} = specification;
  notes.timeToLive = {enabled, attribute, changedAt: now};
  return jsonAnswer(200, {TimeToLiveSpecification: {Enabled: enabled, AttributeName: attribute}});
}

/** DescribeTimeToLive: ENABLING and DISABLING for as long as a change of a table takes, then ENABLED and DISABLED. */
export async function describeTimeToLive(overlay: Overlay, input: Input, now = Date.now()): Promise<RawResponse> {
  const found = await tableStatus(overlay.engine, input.TableName);
  if ('failure' in found) return found.failure;
  const current = overlay.tables.get(String(input.TableName))?.timeToLive;
  return jsonAnswer(200, {TimeToLiveDescription: describe(current, now - overlay.tableDelayMs)});
}

/** ResourceInUseException as DynamoDB words it for a table on its way in or out. */
export function busy(table: string, status: 'CREATING' | 'DELETING'): RawResponse {
  const what = status === 'CREATING' ? 'created' : 'deleted';
  const message = `Attempt to change a resource which is still in use: Table is being ${what}: ${table}`;
  return errorAnswer('ResourceInUseException', message);
}

function describe(current: TimeToLive | undefined, settledBefore: number) {
  if (!current) return {TimeToLiveStatus: 'DISABLED'};
  const settled = current.changedAt <= settledBefore;
  if (!current.enabled && settled) return {TimeToLiveStatus: 'DISABLED'};
  const [done, under] = current.enabled ? ['ENABLED', 'ENABLING'] : ['DISABLED', 'DISABLING'];
  return {TimeToLiveStatus: settled ? done : under, AttributeName: current.attribute};
}

type Specification = {enabled: boolean; attribute: string};

/** The specification, or what is wrong with it. */
function readSpecification(value: unknown): Specification | string {
  const {Enabled, AttributeName} = (value ?? {}) as Input;
  const missing = (member: string) =>
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`;
  if (value === undefined) return missing('timeToLiveSpecification');
  if (typeof Enabled !== 'boolean') return missing('timeToLiveSpecification.enabled');
  if (typeof AttributeName !== 'string') return missing('timeToLiveSpecification.attributeName');
  if (AttributeName.length === 0 || AttributeName.length > 255) {
    return 'TimeToLiveSpecification AttributeName must have a length between 1 and 255';
  }
  return {enabled: Enabled, attribute: AttributeName};
}

function changeProblem(current: TimeToLive | undefined, wanted: Specification, since: number): string | undefined {
  if (!wanted.enabled && !current?.enabled) return 'TimeToLive is already disabled';
  if (current?.enabled && wanted.attribute !== current.attribute) {
    return `TimeToLive is active on a different AttributeName: current AttributeName is ${current.attribute}`;
  }
  if (current?.enabled && wanted.enabled) return 'TimeToLive is already enabled';
  if (current && current.changedAt > since) {
    return 'Time to live has been modified multiple times within a fixed interval';
  }
  return undefined;
}
