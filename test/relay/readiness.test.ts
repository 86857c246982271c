import { expect, it } from 'vitest'
import { findUnready } from '../../relay/readiness.ts'

it.each<[what: string, isWritable: boolean, status: string, parts: readonly string[]]>([
  ['nothing keeps it', true, 'Active', []],
  ['no room for the log', false, 'Active', ['log']],
  ['no subscription yet', true, 'None', ['subscription']],
  ['a subscription that was blacklisted', true, 'Blacklisted', ['subscription']],
  ['both', false, 'Expired', ['log', 'subscription']],
])('%s: the parts that are not ready are named, each with a sentence', (_what, isWritable, status, parts) => {
  const unready = findUnready({ isWritable, hindrance: undefined }, { status, hindrance: undefined })
  expect(unready.map(({ part }) => part)).toEqual(parts)
  for (const { reason } of unready) expect(reason).toMatch(/^The .+ should be .+, but .+\.$/)
  if (parts.includes('subscription')) expect(unready.at(-1)?.reason).toContain(`but is ${status}`)
})

it('what keeps the relay from looking after its subscription is told with it', () => {
  const [part] = findUnready(
    { isWritable: true, hindrance: undefined },
    { status: 'Unknown', hindrance: 'RingCentral answered 503.' },
  )
  expect(part?.reason).toBe('The webhook subscription should be Active, but is Unknown. RingCentral answered 503.')
})

it('what keeps the log from being written is told, where it is more than that there is no room', () => {
  const hindrance = 'Redis at redis://127.0.0.1:6379 should be running, but nothing listens there.'
  const [part] = findUnready({ isWritable: false, hindrance }, { status: 'Active', hindrance: undefined })
  expect(part).toEqual({ part: 'log', reason: `The event log should be writable, but is not. ${hindrance}` })
})
