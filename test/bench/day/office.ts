import { inventCompany } from '../../platform/busy/invented-company.ts'
import type { Company } from '../../platform/company.ts'
import type { Queue } from '../../platform/queue.ts'

export const AGENTS = 500
const TEAM_AGENTS = 20
/** One queue of so many rings its whole team at once, which makes an event for each of them; the others ring one after the other. */
const RINGS_ALL_EVERY = 3

/** Five hundred agents in teams of twenty, each with a queue: about 10,900 calls in eight hours, with 17 events each. */
export function inventOffice(): Company {
  const { people, queues } = inventCompany(AGENTS)
  const agents = queues.flatMap((queue) => queue.agents).slice(0, AGENTS)
  const teams = Array.from({ length: AGENTS / TEAM_AGENTS }, (_, index) =>
    agents.slice(index * TEAM_AGENTS, (index + 1) * TEAM_AGENTS),
  )
  const [pattern] = queues
  if (pattern === undefined) throw new Error('an invented company should have a queue')
  return {
    people: [...people.filter(({ canSignIn }) => !canSignIn), ...agents],
    queues: teams.map((team, index): Queue => {
      const extensionNumber = String(9001 + index)
      return {
        ...pattern,
        extensionId: `4${extensionNumber}00`,
        extensionNumber,
        name: `Team ${index + 1}`,
        phoneNumber: `+1800555${extensionNumber}`,
        agents: team,
        settings: {
          ...pattern.settings,
          transferMode: index % RINGS_ALL_EVERY === 0 ? 'Simultaneous' : 'Rotating',
        },
      }
    }),
    grants: [],
  }
}
