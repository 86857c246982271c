import { beforeEach, describe, expect, it } from 'vitest'
import {
  createNoteSender,
  NOTE_RETRY_MS,
  type NoteSender,
  TYPING_MS,
} from '../../../../entrypoints/background/crm-record/note-sender.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'

let clock: ManualClock
let sent: string[]
let result: 'kept' | 'later' | 'never'
let notes: NoteSender

beforeEach(() => {
  clock = createManualClock(0, () => new Promise((resolve) => setImmediate(resolve)))
  sent = []
  result = 'kept'
  notes = createNoteSender(
    {
      sendNote: async (id, text) => {
        sent.push(`${id}: ${text}`)
        return result
      },
    },
    clock,
  )
})

const pass = (ms: number) => clock.moveTo(clock.nowMs() + ms)

describe('notes', () => {
  it('are sent when the typing pauses, the latest text of each call', async () => {
    notes.write('s-1', 'wants')
    await pass(TYPING_MS - 1)
    notes.write('s-1', 'wants the blue one')
    notes.write('s-2', 'call back')
    await pass(TYPING_MS - 1)
    expect(sent).toEqual([])
    await pass(1)
    expect(sent).toEqual(['s-1: wants the blue one', 's-2: call back'])
    expect(clock.waits()).toEqual([])
  })

  it('are sent again when the relay was away, at the latest when it is there again', async () => {
    result = 'later'
    notes.write('s-1', 'wants the blue one')
    await pass(TYPING_MS)
    expect(clock.waits()).toEqual([NOTE_RETRY_MS])
    result = 'kept'
    notes.hurry()
    await pass(0)
    expect(sent).toHaveLength(2)
    expect(clock.waits()).toEqual([])
  })

  it('that the relay does not take are not sent again', async () => {
    result = 'never'
    notes.write('s-1', 'wants the blue one')
    await pass(TYPING_MS)
    notes.hurry()
    await pass(NOTE_RETRY_MS)
    expect(sent).toHaveLength(1)
  })

  it('of an earlier worker are sent once more, unless there is nothing in them or they are known', async () => {
    notes.offer('s-1', 'wants the blue one')
    notes.offer('s-2', '')
    await pass(TYPING_MS)
    notes.offer('s-1', 'wants the blue one')
    await pass(TYPING_MS)
    expect(sent).toEqual(['s-1: wants the blue one'])
  })

  it('that were taken back are sent as empty, and one that is as the relay has it is not sent', async () => {
    notes.write('s-1', 'wants the blue one')
    await pass(TYPING_MS)
    notes.write('s-1', 'wants')
    notes.write('s-1', 'wants the blue one')
    await pass(TYPING_MS)
    notes.write('s-1', '')
    await pass(TYPING_MS)
    expect(sent).toEqual(['s-1: wants the blue one', 's-1: '])
  })
})
