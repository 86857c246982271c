import { groupScenarios, SCENARIO_NAMES } from '../platform/scenarios/scenarios.ts'

/** All scenarios with what they show, as text for people. */
export function formatScenarios(): string {
  const width = Math.max(...SCENARIO_NAMES.map((name) => name.length))
  return groupScenarios()
    .map(({ group, scenarios }) =>
      [group, ...scenarios.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`)].join('\n'),
    )
    .join('\n\n')
}
