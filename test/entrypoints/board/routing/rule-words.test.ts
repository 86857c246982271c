import { describe, expect, it, vi } from 'vitest'

vi.mock('#i18n', () => ({
  i18n: { t: (key: string, values: readonly string[] = []) => [key, ...values].join(' ') },
}))
vi.mock('wxt/browser', () => ({ browser: { i18n: { getUILanguage: () => 'en-US' } } }))
const { isMasking, country } = vi.hoisted(() => ({ isMasking: { value: false }, country: { value: 'US' } }))
vi.mock('../../../../entrypoints/lib/wording/masking.ts', async () => {
  const { formatShownName, formatShownNumber } = await import('../../../../entrypoints/lib/wording/shown-number.ts')
  const reader = () => ({ country: country.value, isMasking: isMasking.value })
  return {
    showNumber: (raw: string | undefined) => formatShownNumber(raw, reader()),
    nameShown: (name: string | undefined, raw: string | undefined) => formatShownName(name, raw, reader()),
  }
})

const { createNames } = await import('../../../../entrypoints/board/model/words.ts')
const { explainHit, nameAct } = await import('../../../../entrypoints/board/routing/rule-words.ts')

const names = createNames({
  people: { '400101': { name: 'Ines Moreau', extensionNumber: '101', type: 'User' } },
  queues: { '400195': { name: 'Sales', members: [] } },
})

describe('what a rule did', () => {
  it.each([
    [{ act: 'forward', to: { extensionId: '400101' } }, 'routing.act.forward Ines Moreau'],
    [{ act: 'forward', to: { extensionId: '400195' } }, 'routing.act.forward Sales'],
    [{ act: 'transfer', to: { extensionNumber: '101' } }, 'routing.act.transfer person.extension 101'],
    [{ act: 'forward', to: { phoneNumber: '+14085550123' } }, 'routing.act.forward (408) 555-0123'],
    [{ act: 'forward', to: { voicemail: '400101' } }, 'routing.act.forward routing.voicemailOf Ines Moreau'],
    [{ act: 'alert', to: 'watchers', text: 'Now' } as const, 'routing.act.alert routing.watchers Now'],
    [{ act: 'reply', text: 'We call back.' }, 'routing.act.reply We call back.'],
    [{ act: 'supervise' }, 'routing.act.supervise'],
    [{ act: 'teleport', to: 'watchers' } as const, 'teleport'],
  ])('is said by the names of the directory: %o', (hit, expected) => {
    expect(nameAct(hit, names)).toBe(expected)
  })

  it('hides the last digits of a number where numbers are hidden', () => {
    isMasking.value = true
    const said = nameAct({ act: 'forward', to: { phoneNumber: '+14085550123' } }, names)
    isMasking.value = false
    expect(said).toContain('(408)')
    expect(said).not.toContain('0123')
  })
})

describe('why nothing came of it', () => {
  it('is said in RingCentral’s words where it gave any, and by itself what needs no word is not explained', () => {
    expect(explainHit({ outcome: 'done' })).toBe('')
    expect(explainHit({ outcome: 'refused', words: 'Not your call' })).toBe('routing.words Not your call')
    expect(explainHit({ outcome: 'tooLate', words: 'Gone' })).toBe('routing.because.tooLate routing.words Gone')
    expect(explainHit({ outcome: 'unknown' })).toBe('routing.because.unknown')
    expect(explainHit({ outcome: 'dry' })).toBe('routing.because.dry')
  })
})
