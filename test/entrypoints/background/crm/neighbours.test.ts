import { describe, expect, it } from 'vitest'
import { readPageKeys } from '../../../../entrypoints/background/crm/page-keys.ts'
import { findNumbers } from '../../../../entrypoints/page-numbers/find-numbers.ts'

/** The keys that a page with this text shows: found by the script in the page, read by the worker. */
function keysOn(text: string, country: string): readonly string[] {
  const candidates = findNumbers(text).map((found) => ({ text: found, source: 'text' as const }))
  return [...readPageKeys(candidates, country)].sort()
}

const ADA = 'tel:+14085550187'
const BEN = 'tel:+14085550188'
const KLARA = 'tel:+4930901877'

describe('numbers on a page are read whatever stands beside them', () => {
  it.each<readonly [country: string, text: string, ...keys: string[]]>([
    ['US', '12/1/26 408-555-0187', ADA],
    ['US', '12.1.26 408 555 0187', ADA],
    ['DE', '03.06.-07.06. 030 901877', KLARA],
    ['FR', '01.06-09.06.26 01.39.98.18.77', 'tel:+33139981877'],
    ['FR', '01.39.98.18.77', 'tel:+33139981877'],
    ['FR', '1/12/26 01 39 98 18 77', 'tel:+33139981877'],
    ['KR', '04524 02-123-4567', 'tel:+8221234567'],
    ['US', '12345 408 555 0187', ADA],
    ['US', '12345678 408 555 0187 87654321', ADA],
    ['CN', '12.50 13800138000', 'tel:+8613800138000'],
    // Another number.
    ['US', '408-555-0187 / 408-555-0188', ADA, BEN],
    ['US', 'Home 408-555-0187 / mobile 408-555-0188', ADA, BEN],
    ['US', '408-555-0187 -- 408-555-0188', ADA, BEN],
    ['US', '408-555-0187 - 408-555-0188', ADA, BEN],
    ['US', '408-555-0187 – 408-555-0188', ADA, BEN],
    ['US', '(408) 555-0187 (408) 555-0188', ADA, BEN],
    ['US', '(408)555-0187(408)555-0188', ADA, BEN],
    ['US', '408 555 0187 408 555 0188', ADA, BEN],
    ['US', '408.555.0187 • 408.555.0188', ADA, BEN],
    ['US', '408-555-0187, 408-555-0188', ADA, BEN],
    ['US', '1-408-555-0187 1-408-555-0188', ADA, BEN],
    ['US', '+1 408 555 0187 +1 408 555 0188', ADA, BEN],
    ['US', '408-555-0187 x12 / 408-555-0188 x13', ADA, BEN],
    ['GB', '020 7946 0018 / 0161 496 0018', 'tel:+441614960018', 'tel:+442079460018'],
    ['GB', '020 7946 0018 020 7946 0019', 'tel:+442079460018', 'tel:+442079460019'],
    ['ES', '912 345 687 / 612 345 687', 'tel:+34612345687', 'tel:+34912345687'],
    ['DK', '33 12 34 87 / 40 12 34 87', 'tel:+4533123487', 'tel:+4540123487'],
    ['FR', '01 99 00 12 87 / 06 39 98 12 87', 'tel:+33199001287', 'tel:+33639981287'],
    ['FR', '01.99.00.12.87 06.39.98.12.87', 'tel:+33199001287', 'tel:+33639981287'],
    ['DE', '030 901877 / 0171 5555187', 'tel:+491715555187', KLARA],
    ['DE', '030 901877 0171 5555187', 'tel:+491715555187', KLARA],
    ['DE', '0711 / 123 45-87 / 0172 5555187', 'tel:+497111234587', 'tel:+491725555187'],
    ['IN', '98765 43287 / 98765 43288', 'tel:+919876543287', 'tel:+919876543288'],
    ['RU', '8 (495) 123-45-87, 8 (495) 123-45-88', 'tel:+74951234587', 'tel:+74951234588'],
    ['GB', '07700 900187 / 01632 960187', 'tel:+447700900187', 'tel:+441632960187'],
    // A range that is not known, or is no more.
    ['US', '+57 (1) 555 0187', 'tel:+576015550187'],
    ['US', '+1 999 555 0187 408-555-0187', 'tel:+19995550187', ADA],
    // A count that has become more, which might be one as well.
    ['DE', '+3 030 901877', KLARA],
    ['DE', '+3 030 23125177', 'tel:+493023125177', 'tel:+303023125177'],
    // A postal code.
    ['US', '1 Main St, San Jose, CA 95110 (408) 555-0187', ADA],
    ['US', 'CA 34215 - 408-555-0187 is mine.', ADA],
    ['US', 'It is (408) 555 0187. 34215 is the zip code.', ADA],
    ['DE', '10115 030 901877', KLARA],
    ['FR', '75008 01 99 00 12 87', 'tel:+33199001287'],
    ['GB', 'SW1A 1AA 020 7946 0018', 'tel:+442079460018'],
    ['NL', '1012 AB 020 555 0187', 'tel:+31205550187'],
    ['CH', '8001 044 555 01 87', 'tel:+41445550187'],
    ['IN', '560001 98765 43287', 'tel:+919876543287'],
    ['BR', '01310-100 (11) 98765-4387', 'tel:+5511987654387'],
    ['JP', '〒150-0001 03-5555-0187', 'tel:+81355550187'],
    // A date, a time.
    ['US', '10/12/2025 (408) 555-0187', ADA],
    ['US', '2026-01-02 08:00 408-555-0187', ADA],
    ['US', '2025/12/31 14:30 408-555-0187', ADA],
    ['US', '10:42 (408) 555-0187', ADA],
    ['US', '408-555-0187 10:42', ADA],
    ['DE', '31.12.2025 030 901877', KLARA],
    ['DE', '030 901877 31.12.2025', KLARA],
    ['DE', '030 901877 14:30', KLARA],
    // An amount, an order, a room.
    ['US', '$1,299.00 (408) 555-0187', ADA],
    ['DE', '1.234,50 € 030 901877', KLARA],
    ['US', 'Order 1029384 (408) 555-0187', ADA],
    ['US', 'Order #2029384 (408) 555-0187', ADA],
    ['US', 'Suite 200 408-555-0187', ADA],
    ['US', '408 555 0187 3 items', ADA],
    ['DE', 'Kundennr. 4711 030 901877', KLARA],
    // Scripts that have no blanks, and their digits.
    ['US', '我的电话号码是408-555-0187', ADA],
    ['US', '408-555-0187是我的电话号码', ADA],
    ['CN', '电话13800138087转', 'tel:+8613800138087'],
    ['JP', '電話03-5555-0187', 'tel:+81355550187'],
    ['JP', '携帯090-5555-0187まで', 'tel:+819055550187'],
    ['JP', '電話０３（５５５５）０１８７', 'tel:+81355550187'],
    ['JP', 'ＴＥＬ：０３－５５５５－０１８７', 'tel:+81355550187'],
    ['JP', '03ー5555ー0187', 'tel:+81355550187'],
    ['KR', '전화02-555-0187', 'tel:+8225550187'],
    ['TH', 'โทร02-555-0187', 'tel:+6625550187'],
    ['IR', '۰۲۱۵۵۵۵۰۱۸۷', 'tel:+982155550187'],
    ['IN', 'मोबाइल ९८७६५ ४३२८७', 'tel:+919876543287'],
    ['BD', '০১৭১২-৩৪৫৬৮৭', 'tel:+8801712345687'],
    ['TH', 'โทร๐๒-๕๕๕-๐๑๘๗', 'tel:+6625550187'],
    ['IR', 'تلفن۰۲۱-۵۵۵۵۰۱۸۷', 'tel:+982155550187'],
    // Brackets of other kinds.
    ['US', '[408] 555-0187', ADA],
    ['US', '[1] 408-555-0187 [2] 408-555-0188', ADA, BEN],
    ['US', '[2026] 408-555-0187', ADA],
    ['DE', '[1]030 901877 [2026]', KLARA],
    ['DE', '0711 / 12 34 56[1]', 'tel:+49711123456'],
    ['CN', '[1]010 6552 9988', 'tel:+861065529988'],
    ['JP', '【03】5555-0187', 'tel:+81355550187'],
    ['DE', '+49 [0] 30 901877', KLARA],
    // Letters right beside it.
    ['US', 'T408-555-0187 M408-555-0188', ADA, BEN],
    ['US', '408-555-0187Work408-555-0188Home', ADA, BEN],
    ['FR', '01 99 00 12 87poste12', 'tel:+33199001287'],
    // A word on the keypad.
    ['US', 'Call 1-800-FLOWERS now', 'tel:+18003569377'],
    ['US', '(408) 555-HELP', 'tel:+14085554357'],
    // An extension.
    ['DE', '+49 30 901877 DW 12', KLARA],
    ['DE', '030 901877 DW12', KLARA],
    ['DE', '030 901877DW12', KLARA],
    ['DE', '030 901877 Durchwahl 12', KLARA],
    ['DE', '030 901877 App. 12', KLARA],
    ['US', '(408) 555-0187 ext. 12', ADA],
    ['US', '(408) 555-0187x12', ADA],
    ['US', '(408) 555-0187 *12', ADA],
    ['US', '(408) 555-0187 #12', ADA],
    // Dashes and blanks of all kinds.
    ['US', '408\u2011555\u20110187', ADA],
    ['US', '408\u00a0555\u202f0187', ADA],
    ['US', '408\u2212555\u22120187', ADA],
    ['US', '408\ufe63555\uff0d0187', ADA],
    ['US', '\u202a+1\u00ad408\u200b555\u20600187\u202c', ADA],
    ['US', '4 0 8 5 5 5 0 1 8 7', ADA],
  ])('%s: %s', (country, text, ...keys) => {
    expect(keysOn(text, country)).toEqual([...keys].sort())
  })

  it.each([
    ['DE', '030 901877 10115 Berlin', KLARA],
    ['DE', '01067 030 901877', KLARA],
    ['DE', '030 90 18 77 10115 Berlin', KLARA],
    ['DE', '030 901877/21', KLARA],
    ['DE', '030 901877/21', 'tel:+493090187721'],
    ['DE', '030 / 90 18 77 - 12', KLARA],
    ['DE', '030 / 90 18 77 - 12', 'tel:+493090187712'],
    ['DE', '030 901877 9-17 Uhr', KLARA],
    ['DE', '030 901877 01.02.', KLARA],
    ['DE', '030 901877 1.234,50 EUR', KLARA],
    ['DE', '030 901877 2 Anrufe', KLARA],
    ['DE', '030 901877 4b', KLARA],
    ['DE', '0171 0555187', 'tel:+491710555187'],
    ['CN', '138 0013 0187', 'tel:+8613800130187'],
    ['CN', '138 0013 0187 138 0013 0188', 'tel:+8613800130187'],
    ['CN', '138 0013 0187 138 0013 0188', 'tel:+8613800130188'],
    ['AT', '01 9018777 1010 Wien', 'tel:+4319018777'],
  ])('where nobody can tell how long a number is, both readings count: %s: %s is %s', (country, text, key) => {
    expect(keysOn(text, country)).toContain(key)
  })

  it.each([
    ['US', '2026-01-02 08:00'],
    ['US', '2025/12/31 14:30'],
    ['US', '12/31/2025 14'],
    ['US', '192.168.100.25'],
    ['US', '00000000-0000'],
    ['US', 'a1b2c3d4e5f6a7b8'],
    ['DE', '31.12.2025'],
    ['DE', '03.06-07.06.2026'],
    ['DE', '03.07. – 17.07.26'],
    ['DE', '08.06  - 22.06'],
    ['DE', '05.10.-09.10.'],
    ['DE', '03.08.15-04.08.15'],
    ['FR', '01/06 - 09/06/2026'],
  ])('what is no number is not taken for one: %s: %s', (country, text) => {
    expect(keysOn(text, country)).toEqual([])
  })

  it('also in a list without end, wherever it has to be cut', () => {
    const numbers = Array.from({ length: 100 }, (_, index) => `408 555 ${1000 + index}`)
    const keys = numbers.map((number) => `tel:+1${number.replaceAll(' ', '')}`)
    expect(keysOn(numbers.join(' '), 'US')).toEqual(keys)
  })
})
