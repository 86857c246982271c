import { describe, expect, it, vi } from 'vitest'
import { findCall } from '../../../../entrypoints/board/alerts/find-call.ts'
import { type AlertFacts, MIN_COUNTED, selectAlerts } from '../../../../entrypoints/board/alerts/select-alerts.ts'
import type { BoardSettings } from '../../../../entrypoints/lib/settings/settings.ts'
import type { QueueLive } from '../../../../shared/live/types.ts'
import { buildRow } from '../rows.ts'

vi.mock('wxt/utils/storage', () => ({ storage: { defineItem: () => ({}) } }))
const { boardSettings } = await import('../../../../entrypoints/lib/settings/settings.ts')

const SALES = '400195'
const NOW = 10_000_000
const ADA = '+14085550123'

function queue(waitsSinceMs: readonly number[], answeredWaits: readonly (readonly [number, number])[] = []): QueueLive {
  const answered = answeredWaits.reduce((sum, [, count]) => sum + count, 0)
  return {
    queueId: SALES,
    waiting: waitsSinceMs.map((sinceMs, index) => ({
      ...{ telephonySessionId: `w-${index}`, partyId: `w-${index}-1`, sinceMs, ringing: [] },
      caller: { name: 'Ada Winter', phoneNumber: ADA, extensionId: undefined },
    })),
    onPhone: [],
    today: {
      ...{ offered: answered, answered, abandoned: 0, redirected: 0, longestWait: undefined },
      answeredWaits: new Map(answeredWaits),
      abandonedWaits: new Map(),
    },
  }
}

function alertsOf(facts: Partial<Omit<AlertFacts, 'settings'>>, settings: Partial<BoardSettings> = {}) {
  return selectAlerts({
    ...{ people: [], queues: [], notices: [], isImportant: () => false, nowMs: NOW, findCall: () => undefined },
    settingsOf: () => ({ name: 'Sales', members: [], slaSeconds: 20, slaGoal: 80 }),
    ...facts,
    settings: { ...boardSettings.fallback, ...settings },
  })
}

describe('the longest wait', () => {
  it('is told of once it is longer than the person wants, and of nobody else who waits', () => {
    const { waitSeconds } = boardSettings.fallback
    const limitMs = NOW - waitSeconds * 1000
    expect(alertsOf({ queues: [queue([limitMs])] })).toEqual([])
    expect(alertsOf({ queues: [queue([limitMs - 1, limitMs - 1])] })).toMatchObject([
      { kind: 'wait', of: 'w-0-1', queueId: SALES, sinceMs: limitMs - 1 },
    ])
  })
})

describe('the longest hold', () => {
  it('is told of by whom it is', () => {
    const people = [
      buildRow('1', { state: 'holding', sinceMs: NOW - 200_000 }),
      buildRow('2', { state: 'holding', sinceMs: NOW - 300_000 }),
    ]
    expect(alertsOf({ people })).toMatchObject([{ kind: 'hold', extensionId: '2', sinceMs: NOW - 300_000 }])
  })
})

describe('a service level', () => {
  const low = [[5, 1] as const, [60, MIN_COUNTED - 1] as const]

  it('below the goal of the account is told of', () => {
    expect(alertsOf({ queues: [queue([], low)] })).toMatchObject([{ kind: 'level', queueId: SALES, goal: 0.8 }])
  })

  it('of a few callers is chance, and one that meets the goal is none', () => {
    expect(alertsOf({ queues: [queue([], [[60, MIN_COUNTED - 1]])] })).toEqual([])
    expect(
      alertsOf({
        queues: [
          queue(
            [],
            [
              [5, 8],
              [60, 2],
            ],
          ),
        ],
      }),
    ).toEqual([])
  })

  it('is measured by the person’s goal where the account has none', () => {
    const settingsOf = () => ({ name: 'Sales', members: [], slaSeconds: 20 })
    const facts = {
      queues: [
        queue(
          [],
          [
            [5, 8],
            [60, 2],
          ],
        ),
      ],
      settingsOf,
    }
    expect(alertsOf(facts, { levelGoalPercent: 90 })).toMatchObject([{ kind: 'level', goal: 0.9 }])
    expect(alertsOf(facts, { levelGoalPercent: 70 })).toEqual([])
  })
})

describe('an important customer', () => {
  const isImportant = (phoneNumber: string) => phoneNumber === ADA

  it('is told of after so many seconds, in a queue or at somebody’s phone, once a call', () => {
    const people = [
      buildRow('1', { state: 'ringing', sinceMs: NOW - 20_000 }),
      buildRow('2', { state: 'ringing', sinceMs: NOW - 20_000, call: { telephonySessionId: 'w-0' } }),
      buildRow('3', { state: 'ringing', sinceMs: NOW - 1_000, call: { telephonySessionId: 's-9' } }),
      buildRow('4', { state: 'talking', sinceMs: NOW - 90_000 }),
    ]
    const alerts = alertsOf({ people, queues: [queue([NOW - 30_000])], isImportant }, { importantSeconds: 15 })
    expect(alerts).toMatchObject([
      { kind: 'important', of: 'w-0', queueId: SALES },
      { kind: 'important', of: 's-1', extensionId: '1' },
    ])
  })

  it('is nobody else', () => {
    expect(alertsOf({ people: [buildRow('1', { state: 'ringing', sinceMs: 0 })] })).toEqual([])
  })
})

describe('an alert by a rule', () => {
  const alert = {
    telephonySessionId: 'w-0',
    kind: 'alert',
    rule: 'VIP',
    to: 'watchers',
    text: 'Ring back',
    caller: ADA,
  } as const
  const people = [buildRow('1', { state: 'talking', call: { telephonySessionId: 's-8', currentSessionId: 's-9' } })]
  const queues = [queue([NOW - 30_000])]
  const find = (id: string) => findCall({ listQueues: () => queues, listExtensions: () => people }, id)

  it('is told of with the call and where that is, for as long as it goes on', () => {
    const notices = ['w-0', 's-9', 's-over'].map((telephonySessionId) => ({
      act: { ...alert, telephonySessionId },
      receivedMs: NOW - 5,
    }))
    expect(alertsOf({ notices, findCall: find })).toEqual([
      {
        ...{ kind: 'rule', of: 'w-0 VIP', rule: 'VIP', text: 'Ring back', isOwn: false, sinceMs: NOW - 5 },
        ...{ name: 'Ada Winter', phoneNumber: ADA, queueId: SALES, extensionId: undefined },
      },
      expect.objectContaining({ of: 's-9 VIP', queueId: undefined, extensionId: '1' }),
    ])
  })

  it('is another’s where a rule has only sent the call, and the person’s own where it is for nobody else', () => {
    const sent = { ...alert, kind: 'sent' } as const
    const own = { ...alert, to: '400101' }
    const notices = [sent, own].map((act) => ({ act, receivedMs: NOW }))
    expect(alertsOf({ notices, findCall: find })).toMatchObject([{ kind: 'rule', isOwn: true }])
  })
})

it('a hand that is up comes first, and each kind can be switched off by itself', () => {
  const facts = {
    people: [
      buildRow('1', { state: 'holding', sinceMs: NOW - 900_000 }),
      buildRow('2', { state: 'talking', sinceMs: NOW - 900_000, handSinceMs: NOW - 1 }),
    ],
    queues: [queue([NOW - 900_000], [[60, 9]])],
    isImportant: () => true,
    notices: [
      {
        act: { telephonySessionId: 's-2', kind: 'alert', rule: 'VIP', to: 'watchers', text: 'Now' } as const,
        receivedMs: NOW,
      },
    ],
    findCall: () => ({
      ...{ queueId: SALES, extensionId: undefined },
      caller: { name: undefined, phoneNumber: undefined, extensionId: undefined },
    }),
  }
  const kinds = (settings?: Partial<BoardSettings>) => alertsOf(facts, settings).map(({ kind }) => kind)
  expect(kinds()).toEqual(['hand', 'rule', 'important', 'wait', 'hold', 'level'])
  const switches = {
    handIsOn: 'hand',
    ruleIsOn: 'rule',
    importantIsOn: 'important',
    waitIsOn: 'wait',
    holdIsOn: 'hold',
    levelIsOn: 'level',
  }
  for (const [name, kind] of Object.entries(switches)) expect(kinds({ [name]: false })).not.toContain(kind)
})
