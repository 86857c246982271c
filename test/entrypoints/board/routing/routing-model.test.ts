import { signal } from '@preact/signals'
import { afterEach, describe, expect, it } from 'vitest'
import type { BoardConnection } from '../../../../entrypoints/board/feed/contract.ts'
import type { Answer } from '../../../../entrypoints/board/requests.ts'
import {
  createRoutingModel,
  LOOK_AGAIN_MS,
  type RoutingModel,
} from '../../../../entrypoints/board/routing/routing-model.ts'
import type { RoutingAnswer } from '../../../../shared/protocol/http/routing.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const RULES: RoutingAnswer = {
  isOn: true,
  rules: [{ name: 'Important customers', isDry: false, hits: [], hitsToday: 0 }],
  faults: [],
}

let model: RoutingModel | undefined
afterEach(() => model?.close())

/** The model with a relay that answers when the test says so. */
function openModel(state: BoardConnection['state'] = 'live') {
  const clock = createManualClock()
  const connection = signal({ state } as BoardConnection)
  const told = signal<readonly unknown[]>([])
  const waiting: ((answer: Answer<RoutingAnswer>) => void)[] = []
  let asked = 0
  let isSeen = true
  model = createRoutingModel({
    requests: {
      readRouting: () => {
        asked++
        return new Promise((resolve) => waiting.push(resolve))
      },
    },
    ...{ connection, told, clock },
    isSeen: () => isSeen,
  })
  return {
    ...{ model, clock, connection, told },
    asked: () => asked,
    setSeen: (next: boolean) => {
      isSeen = next
    },
    answer: async (answer: Answer<RoutingAnswer>) => {
      waiting.shift()?.(answer)
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

describe('the rules', () => {
  it('are read once the board is live, and slowly from then on while somebody sees it', async () => {
    const { model, clock, connection, asked, answer, setSeen } = openModel('connecting')
    expect(asked()).toBe(0)
    connection.value = { state: 'live' }
    await answer({ value: RULES })
    expect(model.routing.value).toEqual(RULES)
    clock.advance(LOOK_AGAIN_MS)
    expect(asked()).toBe(2)
    await answer({ value: RULES })
    setSeen(false)
    clock.advance(10 * LOOK_AGAIN_MS)
    expect(asked()).toBe(2)
    setSeen(true)
    clock.advance(LOOK_AGAIN_MS)
    expect(asked()).toBe(3)
  })

  it('are read again when a rule has told something, also while they are being read', async () => {
    const { told, asked, answer } = openModel()
    told.value = [1]
    told.value = [1, 2]
    expect(asked()).toBe(1)
    await answer({ value: RULES })
    expect(asked()).toBe(2)
    await answer({ value: RULES })
    expect(asked()).toBe(2)
    told.value = [1, 2, 3]
    expect(asked()).toBe(3)
  })

  it('stay as they were while the relay cannot say', async () => {
    const { model, clock, asked, answer } = openModel()
    await answer({ value: RULES })
    clock.advance(LOOK_AGAIN_MS)
    await answer({ refusal: { code: 'relay_silent' } })
    expect(model.routing.value).toEqual(RULES)
    clock.advance(LOOK_AGAIN_MS)
    expect(asked()).toBe(3)
  })
})

describe('somebody who may not see them', () => {
  it.each(['not_allowed', 'supervisors_only', 'not_found'] as const)(
    'is shown none (%s), and the relay is not asked again before another connection',
    async (code) => {
      const { model, clock, connection, told, asked, answer } = openModel()
      await answer({ refusal: { code } })
      expect(model.routing.value).toBeUndefined()
      clock.advance(10 * LOOK_AGAIN_MS)
      told.value = [1]
      model.look()
      expect(asked()).toBe(1)
      connection.value = { state: 'lost', sinceMs: 0, refusal: undefined }
      connection.value = { state: 'live' }
      expect(asked()).toBe(2)
    },
  )

  it('sees no longer what they saw before', async () => {
    const { model, clock, answer } = openModel()
    await answer({ value: RULES })
    clock.advance(LOOK_AGAIN_MS)
    await answer({ refusal: { code: 'not_allowed' } })
    expect(model.routing.value).toBeUndefined()
  })
})
