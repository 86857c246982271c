import { describe, expect, it } from 'vitest'
import { type DirectAction, writeControlRequest } from '../../../../entrypoints/background/actions/control-request.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow } from './build-row.ts'

const facts = { extensionId: '400102', country: 'US', deviceId: 'd-1' }
const running = {
  recordings: [
    { id: 'r-1', active: false },
    { id: 'r-2', active: true },
  ],
}
const paused = {
  recordings: [
    { id: 'r-1', active: false },
    { id: 'r-2', active: false },
  ],
}

describe('what the relay is asked', () => {
  type Row = readonly [action: DirectAction, row: Partial<CallRow>, asked: string, body: unknown]
  const rows: readonly Row[] = [
    [{ kind: 'answer', deviceId: 'd-2' }, {}, 'POST answer', { deviceId: 'd-2' }],
    [{ kind: 'decline' }, {}, 'POST reject', undefined],
    [{ kind: 'decline' }, { queueName: 'Sales' }, 'POST ignore', { deviceId: 'd-1' }],
    [{ kind: 'voicemail' }, {}, 'POST forward', { voicemail: '400102' }],
    [{ kind: 'forward', to: '104' }, {}, 'POST forward', { extensionNumber: '104' }],
    [{ kind: 'forward', to: '(206) 555-0147' }, {}, 'POST forward', { phoneNumber: '+12065550147' }],
    [{ kind: 'transfer', to: '+44 20 7946 0018' }, {}, 'POST transfer', { phoneNumber: '+442079460018' }],
    [{ kind: 'hold' }, {}, 'POST hold', undefined],
    [{ kind: 'resume' }, {}, 'POST unhold', undefined],
    [{ kind: 'mute' }, {}, 'POST mute', { muted: true }],
    [{ kind: 'unmute' }, {}, 'POST mute', { muted: false }],
    [{ kind: 'park' }, {}, 'POST park', undefined],
    [{ kind: 'record' }, {}, 'POST record', undefined],
    [{ kind: 'record' }, paused, 'POST record', { recordingId: 'r-2', active: true }],
    [{ kind: 'pauseRecording' }, running, 'POST record', { recordingId: 'r-2', active: false }],
    [{ kind: 'pickUp', deviceId: 'd-1' }, {}, 'POST pickup', { deviceId: 'd-1' }],
    [{ kind: 'hangUp' }, {}, 'DELETE ', undefined],
  ]
  it.each(rows)('%o with %o: %s', (action, row, asked, body) => {
    const request = writeControlRequest(buildRow({ ...row, partyId: 'p/1' }), action, facts)
    const [method, operation] = asked.split(' ')
    const path = ['/v1/sessions/s-1/parties/p%2F1', operation].filter(Boolean).join('/')
    expect(request).toEqual({ method, path, ...(body === undefined ? {} : { body }) })
  })

  it('lets a queue go on by declining where there is no phone to name', () => {
    const request = writeControlRequest(
      buildRow({ queueName: 'Sales' }),
      { kind: 'decline' },
      { ...facts, deviceId: undefined },
    )
    expect(request?.path).toMatch(/\/reject$/)
  })

  it.each(['Ada Winter', '*801', '', 'anonymous'])('is nothing where "%s" is to have the call', (to) => {
    expect(writeControlRequest(buildRow(), { kind: 'transfer', to }, facts)).toBeUndefined()
  })
})
