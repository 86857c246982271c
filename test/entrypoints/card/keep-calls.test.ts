import { expect, it } from 'vitest'
import { keepCalls } from '../../../entrypoints/card/keep-calls.ts'
import { buildCardCall } from '../../support/card-call.ts'

const call = (telephonySessionId: string, text = '') => buildCardCall({ telephonySessionId, note: { text, tags: [] } })
const inUse = new Set(['used'])

it('a call that is in use is drawn on when the worker does not tell of it any more, and no other is', () => {
  const used = call('used', 'what is typed')
  expect(keepCalls([call('new')], [used, call('gone')], inUse)).toEqual([call('new'), used])
})

it('a call that the worker tells of is drawn once, and as it tells', () => {
  expect(keepCalls([call('used', 'told')], [call('used', 'before')], inUse)).toEqual([call('used', 'told')])
})

it('a call that was never drawn is not made up', () => {
  expect(keepCalls([], [], inUse)).toEqual([])
})
