import { expect, it } from 'vitest'
import { linkCalls } from '../../../shared/call/journey.ts'
import { composeRecords } from '../../../shared/crm/call-record.ts'
import { composeBody, composeTitle } from '../../../shared/crm/record-body.ts'
import { trackStream } from '../../replay/report.ts'
import { seconds } from '../../replay/text.ts'
import { loadStream, type StreamName } from '../../support/streams.ts'

function recordOf(name: StreamName) {
  const { sessions } = trackStream(loadStream(name))
  const [record] = linkCalls(sessions.map(({ call }) => call)).flatMap((journey) => composeRecords(journey))
  if (record === undefined) throw new Error(`${name} should be a customer's call`)
  return record
}

const context = { nameOf: () => undefined, notes: [] }

it('ends with the key, and has every time to the millisecond as replay writes it', () => {
  const record = recordOf('attended-transfer')
  const lines = composeBody(record, context).split('\n')
  expect(lines.at(-1)).toBe(`Ringside ${record.key}`)
  for (const [name, ms] of [
    ['Duration', record.durationMs],
    ['Wait', record.waitMs],
    ['Ring', record.ringMs],
    ['Talk', record.talkMs],
    ['Hold', record.holdMs],
  ] as const)
    expect(lines).toContain(`${name} ${seconds(ms)}`)
  expect(lines).toContain('Talked with the customer, the call was transferred:')
  for (const { name, talkMs } of record.talkers) expect(lines).toContain(`${name} ${seconds(talkMs)}`)
})

it('has the notes of everybody, with their names', () => {
  const notes = [
    { extensionId: '400102', text: ' Wants wheels\n' },
    { extensionId: '400104', text: 'Called back' },
  ]
  const nameOf = (id: string) => (id === '400102' ? 'Bea Lindqvist' : undefined)
  const body = composeBody(recordOf('direct-call'), { nameOf, notes })
  expect(body).toContain('\n\nNote by Bea Lindqvist\nWants wheels\n\nNote by 400104\nCalled back\n\nRingside ')
})

it('says in the title what became of it', () => {
  expect(composeTitle(recordOf('direct-call'))).toMatch(/^Incoming call, talked \d+:\d\d$/)
  expect(composeTitle(recordOf('voicemail'))).toBe('Incoming call, voicemail')
  expect(composeBody(recordOf('anonymous'), context)).toMatch(/^Incoming call from a withheld number/)
})
