import { describe, expect, it } from 'vitest'
import { type OverviewPeople, type OverviewQueue, selectOverview } from '../../../shared/live/overview.ts'
import type { WaitingCaller } from '../../../shared/live/types.ts'

const waiting = (telephonySessionId: string, sinceMs: number): WaitingCaller => ({
  ...{ telephonySessionId, partyId: `${telephonySessionId}-1`, sinceMs, ringing: [] },
  caller: { name: 'Ada Winter', phoneNumber: '+14085550123', extensionId: undefined },
})

interface QueueFacts {
  readonly queueId: string
  readonly waiting?: readonly WaitingCaller[]
  readonly answeredWaits?: readonly (readonly [number, number])[]
  readonly abandoned?: number
  readonly goal?: number
  readonly seconds?: number
}

function queue({
  queueId,
  waiting: callers = [],
  answeredWaits = [],
  abandoned = 0,
  goal,
  seconds,
}: QueueFacts): OverviewQueue {
  const answered = answeredWaits.reduce((sum, [, count]) => sum + count, 0)
  return {
    settings: { slaGoal: goal, slaSeconds: seconds },
    live: {
      queueId,
      waiting: callers,
      onPhone: [],
      today: {
        ...{ offered: answered + abandoned, answered, abandoned, redirected: 0 },
        answeredWaits: new Map(answeredWaits),
        abandonedWaits: new Map(),
        longestWait: undefined,
      },
    },
  }
}

const NOBODY: OverviewPeople = { all: new Set(), talking: new Set(), available: new Set() }

describe('the numbers of a wall', () => {
  it('are of all queues together', () => {
    const overview = selectOverview(
      [
        queue({
          queueId: '1',
          waiting: [waiting('s-1', 500), waiting('s-2', 900)],
          answeredWaits: [[5, 3]],
          abandoned: 1,
          seconds: 20,
        }),
        queue({ queueId: '2', waiting: [waiting('s-3', 300)], answeredWaits: [[30, 1]], abandoned: 2, seconds: 20 }),
      ],
      {
        all: new Set(['101', '102', '103', '104']),
        talking: new Set(['101', '102']),
        available: new Set(['103']),
      },
    )
    expect(overview).toMatchObject({
      ...{ waiting: 3, offered: 7, abandoned: 3, people: 4, talking: 2, available: 1 },
      longest: { telephonySessionId: 's-3', queueId: '2', sinceMs: 300 },
      serviceLevel: { inTime: 3, counted: 4, share: 0.75 },
    })
  })

  it('say nothing of a service level where the account does not say how soon is soon enough', () => {
    const { serviceLevel, serviceGoal } = selectOverview([queue({ queueId: '1', answeredWaits: [[5, 3]] })], NOBODY)
    expect(serviceLevel).toBeUndefined()
    expect(serviceGoal).toBeUndefined()
  })

  it('have a goal in which each queue weighs as much as its callers', () => {
    const busy = queue({ queueId: '1', answeredWaits: [[5, 9]], seconds: 20, goal: 80 })
    const quiet = queue({ queueId: '2', answeredWaits: [[5, 1]], seconds: 20, goal: 100 })
    expect(selectOverview([busy, quiet], NOBODY).serviceGoal).toBeCloseTo(0.82)
  })

  it('have the mean of the goals before anybody has called', () => {
    const queues = [60, 100].map((goal) => queue({ queueId: String(goal), seconds: 20, goal }))
    expect(selectOverview(queues, NOBODY).serviceGoal).toBeCloseTo(0.8)
  })

  it('are nothing where there is nobody', () => {
    expect(selectOverview([], NOBODY)).toMatchObject({ waiting: 0, longest: undefined, people: 0, available: 0 })
  })
})
