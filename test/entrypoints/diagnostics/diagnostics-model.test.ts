import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createDiagnosticsModel,
  type DiagnosticsModel,
  SECOND_LOOK_MS,
} from '../../../entrypoints/diagnostics/diagnostics-model.ts'
import type { CapabilityReport, Status } from '../../../entrypoints/lib/contract/messages.ts'
import type { User } from '../../../shared/protocol/wire.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'

vi.mock('#i18n', () => ({ i18n: { t: (key: string) => key } }))

const INES: User = {
  ...{ accountId: '400100', extensionId: '400101', name: 'Ines Moreau' },
  role: 'supervisor',
  watches: { extensions: ['400102'], queues: [] },
}

const live: Status = {
  relayUrl: 'https://relay.northwind.example',
  user: INES,
  connection: { state: 'live' },
  subscription: { status: 'Active', expiresAt: '2026-11-29T15:00:00.000Z', lastEventAt: null },
  gapNoticedMs: undefined,
  isStoreRefusing: false,
  isStoreScarce: false,
  progress: undefined,
}

const told: CapabilityReport = {
  kind: 'given',
  capabilities: [
    { name: 'callControl', state: 'works', at: '2026-11-29T14:00:00.000Z' },
    {
      name: 'listen',
      state: 'refused',
      at: '2026-11-29T14:02:00.000Z',
      reason: 'Ines Moreau (101) lacks [CallMonitoring]',
    },
    { name: 'directory', state: 'notTried' },
  ],
}

let status: ReturnType<typeof signal<Status | undefined>>
/** Resolve what was asked, in the order of the questions. */
let answers: ((report: CapabilityReport) => void)[]
let copies: string[]
let isClipboardClosed: boolean
let clock: ManualClock
let model: DiagnosticsModel

beforeEach(() => {
  status = signal<Status | undefined>()
  answers = []
  copies = []
  isClipboardClosed = false
  clock = createManualClock(Date.parse('2026-11-29T14:05:00.000Z'))
  model = createDiagnosticsModel(status, {
    ask: () => new Promise((resolve) => answers.push(resolve)),
    writeClipboard: async (text) => {
      if (isClipboardClosed) throw new Error('closed')
      copies.push(text)
    },
    clock,
    software: { extension: '0.1.0', browser: 'Chrome/140.0.0.0', language: 'de' },
  })
})

const asked = (times: number) => expect.poll(() => answers.length).toBe(times)

describe('the relay is asked', () => {
  it('once it is known who asks, and not again with every ping', async () => {
    status.value = live
    await asked(1)
    status.value = { ...live, subscription: { status: 'Active', expiresAt: null, lastEventAt: null } }
    status.value = { ...live, connection: { state: 'lost', sinceMs: 0 } }
    await asked(2)
    answers[1]?.({ kind: 'away' })
    await expect.poll(() => model.isAsking.value).toBe(false)
    expect(model.report.value).toEqual({ kind: 'away' })
  })

  it('again when the person has other rights, and what they no longer allow is gone at once', async () => {
    status.value = live
    await asked(1)
    answers[0]?.(told)
    await expect.poll(() => model.groups.value.person.map(({ name }) => name)).toEqual(['callControl', 'listen'])
    status.value = { ...live, user: { ...INES, role: 'agent', watches: { extensions: [], queues: [] } } }
    expect(model.groups.value).toMatchObject({ person: [{ name: 'callControl' }], account: [] })
    await asked(2)
  })

  it('once more a moment later, while the directory is being read, and then no more by itself', async () => {
    status.value = live
    await asked(1)
    answers[0]?.(told)
    await expect.poll(() => model.report.value).toEqual(told)
    clock.advance(SECOND_LOOK_MS)
    await asked(2)
    answers[1]?.(told)
    await expect.poll(() => model.isAsking.value).toBe(false)
    clock.advance(10 * SECOND_LOOK_MS)
    await Promise.resolve()
    expect(answers).toHaveLength(2)
  })

  it('and a late answer to an earlier question changes nothing', async () => {
    status.value = live
    await asked(1)
    void model.ask()
    await asked(2)
    answers[1]?.(told)
    await expect.poll(() => model.report.value).toEqual(told)
    answers[0]?.({ kind: 'away' })
    await Promise.resolve()
    await Promise.resolve()
    expect(model.report.value).toEqual(told)
  })
})

describe('the copy for support', () => {
  it('says how everything stands, without names, numbers and the relay’s address', async () => {
    status.value = live
    await asked(1)
    answers[0]?.(told)
    await expect.poll(() => model.isAsking.value).toBe(false)
    await model.copy()
    expect(copies).toEqual([
      [
        'Ringside diagnostics, 2026-11-29T14:05:00.000Z',
        'software: 0.1.0, Chrome/140.0.0.0, de',
        'role: supervisor',
        'connection: live',
        'subscription: Active, expires 2026-11-29T15:00:00.000Z, last event none',
        'store: fine',
        'answer: given',
        'callControl: works, 2026-11-29T14:00:00.000Z',
        'listen: refused, 2026-11-29T14:02:00.000Z, … (…) lacks [CallMonitoring]',
        'directory: notTried',
        '',
      ].join('\n'),
    ])
    expect(model.feedback.value).toEqual({ kind: 'done', text: 'diagnostics.copied' })
  })

  it('is worth something without an answer as well', async () => {
    status.value = { ...live, user: undefined, connection: { state: 'signedOut' }, subscription: undefined }
    await asked(1)
    answers[0]?.({ kind: 'signedOut' })
    await expect.poll(() => model.isAsking.value).toBe(false)
    await model.copy()
    expect(copies[0]?.split('\n').slice(2, 7)).toEqual([
      'role: signed out',
      'connection: signedOut',
      'subscription: unknown',
      'store: fine',
      'answer: signedOut',
    ])
  })

  it('that the browser does not allow is said to have failed', async () => {
    isClipboardClosed = true
    status.value = live
    await model.copy()
    expect(model.feedback.value).toEqual({ kind: 'problem', text: 'diagnostics.copyFailed' })
  })
})
