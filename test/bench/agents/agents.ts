import type { Benchmark, Figure } from '../figures.ts'
import { type Program, startProgram } from '../program.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import type { AgentsAnswer, AgentsRequest } from './drive.ts'

/**
 * How much work it is to decide who may see an event, and to write what they are sent, when 100,000 agents look: all of the relay's
 * fan-out but the sockets, which no one machine has. One in five is on the phone, each team of a hundred has a leader who watches
 * it, and five people see everything.
 */
export const agents: Benchmark = {
  id: 'B14',
  run: (signal) =>
    withResources(signal, async (own) => {
      const figures: Figure[] = []
      for (const request of ACCOUNTS) {
        const rounds = await measureRounds({
          name: `B14, ${request.agents} agents`,
          async measure(isFloorFirst) {
            const round = await inTurn(
              isFloorFirst,
              () => ask('floor-program.ts', request),
              () => ask('ours-program.ts', request),
            )
            checkFrames(round)
            return round
          },
          floorOf: ({ floor }) => floor.cpuUsPerEvent,
          say: console.error,
        })
        const pick = (who: 'ours' | 'floor', what: keyof AgentsAnswer) => rounds.map((round) => round[who][what])
        const name = `${request.agents.toLocaleString('en')} agents`
        figures.push(
          {
            name: `B14 events decided for ${name}`,
            unit: '/s',
            ours: pick('ours', 'eventsPerSecond'),
            floor: pick('floor', 'eventsPerSecond'),
            goal: { of: 'ours', atLeast: HEADROOM * EVENTS_PER_AGENT_PER_SECOND * request.agents, in: 'median' },
          },
          {
            name: `B14 held for one of ${name}`,
            unit: 'kB',
            ours: pick('ours', 'kBPerAgent'),
            floor: pick('floor', 'kBPerAgent'),
            goal: { of: 'ours', atMost: 2, in: 'median' },
          },
        )
      }
      return figures

      /** A process of its own for each: what one has held is not there for the next. */
      async function ask(file: string, request: AgentsRequest): Promise<AgentsAnswer> {
        signal.throwIfAborted()
        const program: Program<AgentsRequest, AgentsAnswer> = own(startProgram(new URL(file, import.meta.url)))
        await program.ready
        const answer = await program.ask(request)
        await program.close()
        return answer
      }
    }),
}

const ACCOUNTS: readonly AgentsRequest[] = [
  { agents: 500, events: 20_000 },
  { agents: 5000, events: 20_000 },
  { agents: 100_000, events: 20_000 },
]

/** Thirty people of a busy account make 4,768 events an hour; docs/SCALE.md counts with it. */
const EVENTS_PER_AGENT_PER_SECOND = 0.044
/** The fullest second is about so many times as full, and something should be left. */
const HEADROOM = 4

/** Both send the same to the same, or what they are compared by means nothing. */
function checkFrames({ ours, floor }: { readonly ours: AgentsAnswer; readonly floor: AgentsAnswer }): void {
  if (ours.frames !== floor.frames) {
    throw new Error(`B14 does not count: ours sends ${ours.frames} frames, the floor ${floor.frames}.`)
  }
}
