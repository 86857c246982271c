import { describe, expect, it } from 'vitest'
import { dialText, readTarget } from '../../entrypoints/background/actions/target.ts'
import { readPageKeys } from '../../entrypoints/background/crm/page-keys.ts'
import { createImportPlan } from '../../entrypoints/options/contacts/import/import-plan.ts'
import { findNumbers } from '../../entrypoints/page-numbers/find-numbers.ts'
import { formatNumber } from '../../shared/number/format.ts'
import { isSameNumber, numberKey } from '../../shared/number/key.ts'

/** A number as people at home write it, and in E.164. */
const COUNTRIES: readonly (readonly [country: string, national: string, e164: string])[] = [
  ['US', '(408) 555-0187', '+14085550187'],
  ['CA', '604-555-0187', '+16045550187'],
  ['MX', '33 5555 0187', '+523355550187'],
  ['BR', '(11) 98765-0187', '+5511987650187'],
  ['AR', '011 5555-0187', '+541155550187'],
  ['CL', '2 2555 0187', '+56225550187'],
  ['CO', '601 555 0187', '+576015550187'],
  ['GB', '020 7946 0187', '+442079460187'],
  ['IE', '01 555 0187', '+35315550187'],
  ['DE', '030 23125187', '+493023125187'],
  ['AT', '01 5550187', '+4315550187'],
  ['CH', '044 555 01 87', '+41445550187'],
  ['FR', '01 99 00 01 87', '+33199000187'],
  ['BE', '02 555 01 87', '+3225550187'],
  ['NL', '020 555 0187', '+31205550187'],
  ['IT', '06 555 0187', '+39065550187'],
  ['ES', '912 550 187', '+34912550187'],
  ['PT', '21 255 0187', '+351212550187'],
  ['DK', '32 55 01 87', '+4532550187'],
  ['SE', '08-555 01 87', '+4685550187'],
  ['NO', '22 55 01 87', '+4722550187'],
  ['PL', '22 555 01 87', '+48225550187'],
  ['CZ', '222 550 187', '+420222550187'],
  ['TR', '0212 555 01 87', '+902125550187'],
  ['IL', '03-555-0187', '+97235550187'],
  ['ZA', '021 555 0187', '+27215550187'],
  ['IN', '98765 40187', '+919876540187'],
  ['SG', '6555 0187', '+6565550187'],
  ['PH', '(02) 8555 0187', '+63285550187'],
  ['AU', '(02) 5550 0187', '+61255500187'],
  ['NZ', '09 555 0187', '+6495550187'],
  ['JP', '03-5555-0187', '+81355550187'],
  ['KR', '02-555-0187', '+8225550187'],
  ['CN', '138 0013 0187', '+8613800130187'],
  ['HK', '2555 0187', '+85225550187'],
]

describe.each(COUNTRIES)('%s: %s', (country, national, e164) => {
  const key = `tel:${e164}`

  it('is one number with its international form, wherever it is read', () => {
    expect(numberKey(national, country).key).toBe(key)
    expect(isSameNumber(national, `+${e164.slice(1).replace(/(..)/g, '$1 ')}`, country)).toBe(true)
    expect(numberKey(e164, 'US').key).toBe(key)
    expect(numberKey(`${national} ext. 12`, country).key).toBe(key)
    expect(numberKey(`${national}*12`, country).key).toBe(key)
    expect(numberKey(`${e164.slice(1)}.0`, country).key).toBe(key)
  })

  it('is found on a page, beside a postal code and another number', () => {
    const keysOn = (text: string) =>
      readPageKeys(
        findNumbers(text).map((found) => ({ text: found, source: 'text' })),
        country,
      )
    expect(keysOn(national)).toContain(key)
    expect(keysOn(`Office ${national} / ${national}`)).toContain(key)
    expect(keysOn(`12/31/2025 ${national}`)).toContain(key)
    expect(keysOn(`電話${national}`)).toContain(key)
    expect(keysOn(`${national} ext. 12, ${e164}`)).toContain(key)
  })

  it('is dialled as it is meant', () => {
    const target = readTarget(national, country)
    expect(target && dialText(target)).toBe(e164)
  })

  it('comes in with a file of contacts', () => {
    const plan = createImportPlan({ existing: [], country, newId: () => 'c-1' })
    plan.take({ line: 2, name: 'Ada Winter', company: undefined, phoneNumbers: [national], tags: [] })
    expect(plan.outcome()).toMatchObject({ contacts: [{ numberKeys: [key] }], problems: [] })
  })

  it('reads without its country code at home, and with it elsewhere', () => {
    const calling = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/.exec(e164)?.[0]
    expect(formatNumber(e164, country)?.text).not.toMatch(/^\+/)
    expect(isSameNumber(formatNumber(e164, country)?.text, e164, country)).toBe(true)
    expect(formatNumber(e164, country === 'FR' ? 'DE' : 'FR')?.text.startsWith(calling ?? '?')).toBe(true)
  })
})
