import type {Plan, PlannedCommand} from '../provision/dry-run.ts';

/**
 * A plan as a script for sh. Region and endpoint go into variables that the aws CLI reads; `setup` are lines that go before
 * the first command.
 */
export function planLines(
  plan: Plan,
  {region, endpoint, profile, setup = []}: {region: string; endpoint?: string; profile?: string; setup?: string[]},
): string[] {
  if (plan.commands.length === 0) return ['# Nothing to do: the stack is as deploy would make it.'];
  const exports = [
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_PAGER=`,
    ...(endpoint === undefined ? [] : [`export AWS_ENDPOINT_URL=${endpoint}`]),
    ...(profile === undefined ? [] : [`export AWS_PROFILE='${profile.replaceAll("'", `'\\''`)}'`]),
  ];
  const patient = plan.commands.some(each => each.patient)
    ? [
        '',
        '# Lambda refuses a new role for some seconds: tried again for a minute.',
        'patiently() { n=0; until "$@"; do n=$((n + 1)); [ "$n" -lt 30 ] || return 1; sleep 2; done; }',
      ]
    : [];
  return [
    '#!/bin/sh',
    '# What "lifecycle-tui deploy" would do now. Nothing has been changed.',
    'set -eu',
    ...exports,
    ...setup,
    ...patient,
    ...plan.steps
      .map(step => ({step, own: plan.commands.filter(each => each.step === step.id)}))
      .sort((a, b) => plan.commands.indexOf(a.own[0]!) - plan.commands.indexOf(b.own[0]!))
      .flatMap(({step, own}) => [
        '',
        `# ${step.title} ${step.name}${step.needs.length > 0 ? `, waits for ${step.needs.join(', ')}` : ''}`,
        ...own.map(commandLine),
      ]),
    ...(plan.apiUrl === undefined ? [] : ['', `echo "curl -i ${plan.apiUrl}"`]),
  ];
}

function commandLine({command, capture, patient, waits}: PlannedCommand): string {
  if (capture !== undefined) return `${capture}=$(${command})`;
  if (waits) return command;
  return `${patient ? 'patiently ' : ''}${command} >/dev/null`;
}
