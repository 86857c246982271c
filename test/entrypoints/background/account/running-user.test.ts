import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createRunningUser,
  RETRY_MS,
  type RunningEvents,
  type RunningUser,
} from '../../../../entrypoints/background/account/running-user.ts'
import { type CurrentState, createCurrentState } from '../../../../entrypoints/background/account/state.ts'
import type { UserParts } from '../../../../entrypoints/background/user/user.ts'
import type { SignIn } from '../../../../entrypoints/lib/store/schema.ts'
import { createQueue } from '../../../../shared/queue.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'

vi.mock('../../../../entrypoints/lib/settings/country.ts', () => ({ knownCountry: () => 'US' }))

const signIn = { relayUrl: 'http://relay', token: 't' } as SignIn

interface Start {
  readonly parts: UserParts
  readonly events: RunningEvents
  readonly reads: PromiseWithResolvers<void>
}

let clock: ManualClock
let current: CurrentState
let running: RunningUser
let starts: Start[]

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  clock = createManualClock(0)
  starts = []
  current = createCurrentState(clock.after, () => undefined)
  current.enter({ kind: 'signedIn', signIn, user: undefined })
  running = createRunningUser({
    current,
    changes: createQueue(),
    start: async (_, events) => {
      const parts = { close: vi.fn(async () => undefined) } as unknown as UserParts
      const reads = Promise.withResolvers<void>()
      starts.push({ parts, events, reads })
      events.onParts(parts)
      await reads.promise
      return parts
    },
    onEnded: () => undefined,
  })
})

function latest(): Start {
  const start = starts.at(-1)
  if (start === undefined) throw new Error('parts should have been started')
  return start
}

function userNow(): UserParts | undefined {
  const state = current.get()
  return 'user' in state ? state.user : undefined
}

describe('the parts of a user', () => {
  it('are theirs while they still read what is kept: a card that is up already is answered', async () => {
    const hasBegun = running.begin()
    expect(userNow()).toBe(latest().parts)
    latest().reads.resolve()
    await hasBegun
    expect(userNow()).toBe(latest().parts)
    expect(current.get().kind).toBe('signedIn')
  })

  it('that can not read what is kept are nobody’s, and others are tried', async () => {
    const hasBegun = running.begin()
    latest().reads.reject(new Error('the store refuses'))
    await hasBegun
    expect(userNow()).toBeUndefined()
    expect(current.get().kind).toBe('storeRefused')
    clock.advance(RETRY_MS)
    await eventually(() => expect(starts).toHaveLength(2))
    latest().reads.resolve()
    await eventually(() => expect(userNow()).toBe(latest().parts))
  })

  it('whose store broke go on until others have read what is kept', async () => {
    const hasBegun = running.begin()
    const { parts, events, reads } = latest()
    reads.resolve()
    await hasBegun
    events.onBroken(new Error('the disk is full'))
    clock.advance(RETRY_MS)
    await eventually(() => expect(starts).toHaveLength(2))
    expect(parts.close).not.toHaveBeenCalled()
    latest().reads.reject(new Error('the disk is still full'))
    await eventually(() => expect(userNow()).toBe(parts))
    expect(parts.close).not.toHaveBeenCalled()
    clock.advance(RETRY_MS)
    await eventually(() => expect(starts).toHaveLength(3))
    latest().reads.resolve()
    await eventually(() => expect(parts.close).toHaveBeenCalled())
    expect(userNow()).toBe(latest().parts)
  })
})
