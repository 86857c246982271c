import { describe, expect, it } from 'vitest'
import { hear, selectTold } from '../../../entrypoints/card/announce.ts'
import { buildCardCall } from '../../support/card-call.ts'

const ringing = (telephonySessionId: string) => buildCardCall({ telephonySessionId, phase: 'ringing' })
const talking = (telephonySessionId: string) => buildCardCall({ telephonySessionId, phase: 'talking' })
const ended = (telephonySessionId: string) => buildCardCall({ telephonySessionId, phase: 'ended', outcome: 'answered' })

describe('said aloud', () => {
  it('once when it rings, however often it is drawn', () => {
    const calls = [ringing('a')]
    expect(selectTold(new Map(), calls)).toMatchObject({ what: 'ringing', call: { telephonySessionId: 'a' } })
    expect(selectTold(hear(calls), calls)).toBeUndefined()
  })

  it('once when it ends, and not that it goes on', () => {
    expect(selectTold(hear([ringing('a')]), [talking('a')])).toBeUndefined()
    expect(selectTold(hear([talking('a')]), [ended('a')])).toMatchObject({ what: 'ended' })
    expect(selectTold(hear([ended('a')]), [ended('a')])).toBeUndefined()
  })

  it('of several the one on top', () => {
    expect(selectTold(hear([talking('a')]), [ringing('b'), ended('a')])).toMatchObject({ what: 'ringing' })
  })

  it('again when a call rings me a second time', () => {
    expect(selectTold(hear([ended('a')]), [ringing('a')])).toMatchObject({ what: 'ringing' })
  })

  it('not of a call that was over before it was heard of, nor of one that I make', () => {
    expect(selectTold(new Map(), [ended('a')])).toBeUndefined()
    expect(selectTold(new Map(), [buildCardCall({ phase: 'calling', direction: 'Outbound' })])).toBeUndefined()
  })
})
