import { describe, expect, it, test } from 'vitest'
import { createCandidateList, isPhoneField } from '../../../entrypoints/page-numbers/candidates.ts'
import { findNumbers } from '../../../entrypoints/page-numbers/find-numbers.ts'
import { readLink } from '../../../entrypoints/page-numbers/links.ts'

describe('findNumbers', () => {
  const rows: readonly (readonly [text: string, found: readonly string[]])[] = [
    ['+14085550123', ['+14085550123']],
    ['(408) 555-0123', ['(408) 555-0123']],
    ['Call +1 (408) 555-0123 or 408.555.0124.', ['+1 (408) 555-0123', '408.555.0124']],
    ['+44 20 7946 0018', ['+44 20 7946 0018']],
    ['0711 / 123 45-67', ['0711 / 123 45-67']],
    ['+49 (0) 711 1234567', ['+49 (0) 711 1234567']],
    ['0041\u00a044\u00a0123\u00a045\u00a067', ['0041\u00a044\u00a0123\u00a045\u00a067']],
    ['408\u2011555\u20110123', ['408\u2011555\u20110123']],
    ['(408) 555-0123 ext. 12', ['(408) 555-0123']],
    ['(408) 555-0123x12', ['(408) 555-0123']],
    // Several numbers, or one beside something else, are one candidate: the worker takes it apart.
    ['(408) 555-0123 / (408) 555-0124', ['(408) 555-0123 / (408) 555-0124']],
    ['95110 (408) 555-0123', ['95110 (408) 555-0123']],
    ['08:00 408-555-0123', ['408-555-0123']],
    ['408-555-0123 08:00', ['408-555-0123']],
    ['電話０３－５５５５－０１８７まで', ['０３－５５５５－０１８７']],
    ['Tel:4085550123,', ['4085550123']],
    ['TEL03-5555-0187FAX03-5555-0188', ['03-5555-0187', '03-5555-0188']],
    ['Cell408-555-0123', ['408-555-0123']],
    ['Telefon030 23125012Telefax030 23125013E-Mail', ['030 23125012', '030 23125013']],
    ['Hotel4085550123', []],
    ['جوال0501234567', ['0501234567']],
    ['0501234567 و0501234568', ['0501234567', '0501234568']],
    ['و٠٥٠١٢٣٤٥٦٧', ['٠٥٠١٢٣٤٥٦٧']],
    ['ל0501234567 או0521234567', ['0501234567', '0521234567']],
    ['тел84951234567моб89161234567', ['84951234567', '89161234567']],
    ['мотель84951234567', []],
    ['4085550123p12', ['4085550123']],
    // Beside a letter, as long as it is written as a number: with signs between its digits, or with a plus.
    ['T408-555-0123', ['408-555-0123']],
    ['Work(408)555-0123Home', ['(408)555-0123']],
    ['+14085550123US', ['+14085550123']],
    ['T:408-555-0123M:408-555-0124', ['408-555-0123', '408-555-0124']],
    ['01 99 00 12 34poste12', ['01 99 00 12 34']],
    ['030 901877 4b', ['030 901877 4', '030 901877']],
    ['00Q5g0000012345678AAA', []],
    ['a12345678 408-555-0123', ['408-555-0123']],
    ['Q3 347 123 4567', ['3 347 123 4567', '347 123 4567']],
    ['[408] 555-0123', ['[408] 555-0123']],
    ['९८७६५ ४३२१०', ['९८७६५ ४३२१०']],
    ['Call 1-800-FLOWERS or 1-888-GO-FEDEX', ['1-800-FLOWERS', '1-888-GO-FEDEX']],
    ['1-800-FLOWERSHOPPINGS, 800 MAIN', []],
    ['2024', []],
    ['Ext. 102', []],
    ['555-012', []],
    ['€ 12.50', []],
    ['a1b2c3d4e5f6a7b8', []],
    ['0035g00000ABCDEAA1', []],
    ['1'.repeat(49), []],
    ['no digits at all', []],
  ]
  it.each(rows)('%s', (text, found) => {
    expect(findNumbers(text)).toEqual(found)
  })

  test('takes time that grows with the text, or this takes minutes', () => {
    const found = findNumbers('800-'.repeat(25_000))
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter((number) => /[A-Z]/.test(number))).toEqual([])
  })
})

describe('readLink', () => {
  const rows: readonly (readonly [href: string, number: string | undefined])[] = [
    ['tel:+14085550123', '+14085550123'],
    ['TEL:+1%20408%20555%200123', '+1 408 555 0123'],
    ['tel:+14085550123;ext=12', '+14085550123;ext=12'],
    ['tel:+14085550123;postd=pp22', '+14085550123;postd=pp22'],
    ['tel:+14085550123,,12#', '+14085550123,,12#'],
    ['tel:+14085550123p12', '+14085550123p12'],
    ['tel:+14085550123w12', '+14085550123w12'],
    ['tel:+14085550123*12', '+14085550123*12'],
    ['tel:(408)%20555-0123%20x12', '(408) 555-0123 x12'],
    ['tel:408-555-0123 ext. 12', '408-555-0123 ext. 12'],
    ['tel:408\u2011555\u20110123', '408\u2011555\u20110123'],
    ['tel:%EF%BC%90%EF%BC%93-5555-0187', '０３-5555-0187'],
    ['tel:408-555-0123/408-555-0124', '408-555-0123/408-555-0124'],
    ['tel:408-555-0123, ext 12', '408-555-0123, ext 12'],
    ['tel:408-555-0123,408-555-0124', '408-555-0123,408-555-0124'],
    ['tel:+14085550123 (work)', '+14085550123 (work)'],
    ['tel:tel:+14085550123', 'tel:+14085550123'],
    ['callto:tel:+14085550123', 'tel:+14085550123'],
    ['sms:+14085550123&body=Call%204085550124', '+14085550123'],
    ['skype:+14085550123?call', '+14085550123'],
    ['facetime-audio:+14085550123', '+14085550123'],
    ['https://wa.me/14085550123?text=Hello', '+14085550123'],
    ['https://api.whatsapp.com/send?text=Hi&phone=%2B14085550123', '+14085550123'],
    ['whatsapp://send?phone=14085550123', '+14085550123'],
    ['https://wa.me/+1 (408) 555-0123', '+1 (408) 555-0123'],
    ['https://wa.me/%2B1%20408%20555%200123?text=Hello', '+1 408 555 0123'],
    ['https://api.whatsapp.com/send?phone=+1-408-555-0123&text=Hi', '+1-408-555-0123'],
    ['https://wa.me/message/ABC14085550123', undefined],
    ['https://t.me/+1408-5550-123x', undefined],
    ['skype:ada.winter?chat', undefined],
    // Other programs that dial, and that chat by number.
    ['zoomphonecall://4085550123', '4085550123'],
    ['ciscotel:408-555-0123', '408-555-0123'],
    ['rcmobile://call?number=%2B14085550123', '+14085550123'],
    ['lync:tel:+14085550123', '+14085550123'],
    ['smsto:4085550123:Hello', '4085550123:Hello'],
    ['sms:/open?addresses=4085550123', '4085550123'],
    ["javascript:dial('+14085550123')", '+14085550123'],
    ["javascript:openRecord('0012345678')", undefined],
    ['javascript:callback(12345678)', undefined],
    ['viber://chat?number=%2B14085550123', '+14085550123'],
    ['tg://resolve?phone=14085550123', '+14085550123'],
    ['https://t.me/+14085550123', '+14085550123'],
    ['https://signal.me/#p/+14085550123', '+14085550123'],
    ['msteams:/l/call/0/0?users=4:+14085550123', '+14085550123'],
    ['https://t.me/+1408555ABCdefg', undefined],
    ['zoommtg://zoom.us/join?confno=4085550123', undefined],
    ['urn:isbn:9783161484100', undefined],
    ['geo:37.3382,-121.8863', undefined],
    ['slack://channel?id=C4085550123', undefined],
    ['myapp:102', undefined],
    ['tel:102', '102'],
    ['tel:*801', '*801'],
    ['callto://+14085550123', '+14085550123'],
    ['sip:+14085550123@pbx.example;user=phone', '+14085550123'],
    ['sips:102@pbx.example', '102'],
    ['sms:+14085550123?body=Hello', '+14085550123'],
    ['sip:ada@pbx.example', undefined],
    ['callto:ada.winter', undefined],
    ['tel:', undefined],
    ['tel:%zz4085550123', undefined],
    ['https://crm.example.com/tel:4085550123', undefined],
    ['mailto:4085550123@example.com', undefined],
    ['#', undefined],
  ]
  it.each(rows)('%s', (href, number) => {
    expect(readLink(href)).toBe(number)
  })
})

describe('isPhoneField', () => {
  it.each([
    ['Phone', true],
    ['mobilephone', true],
    ['telephone1.fieldControl-phone-text-input', true],
    ['tel-national', true],
    ['Mobile number', true],
    ['Fax', true],
    ['Telefon (geschäftlich)', true],
    ['Rufnummer', true],
    ['Handy', true],
    ['Telefoon', true],
    ['Tél.', true],
    ['Teléfono móvil', true],
    ['Tlf', true],
    ['Телефон', true],
    ['携帯電話', true],
    ['手机', true],
    ['customer_tel', true],
    ['hotel', false],
    ['title', false],
    ['Account number', false],
    ['cancelled', false],
    ['', false],
  ])('%s: %s', (name, is) => {
    expect(isPhoneField([null, undefined, name])).toBe(is)
  })
})

describe('the list of candidates', () => {
  test('has each text once, from its surest source', () => {
    const list = createCandidateList()
    list.add(' 102 ', 'field')
    list.add('+14085550123', 'text')
    list.add('+14085550123', 'link')
    list.add('+14085550123', 'text')
    expect(list.all()).toEqual([
      { text: '102', source: 'field' },
      { text: '+14085550123', source: 'link' },
    ])
  })

  test('is bounded in number and length', () => {
    const list = createCandidateList()
    list.add('1'.repeat(500), 'field')
    list.add('', 'field')
    expect(list.all()).toEqual([])
    for (let index = 0; !list.isFull('text'); index++) list.add(`+1408555${1000 + index}`, 'text')
    const full = list.all()
    list.add('+442079460018', 'text')
    expect(list.all()).toEqual(full)
    expect(full).toHaveLength(400)
  })

  test('has room for links and fields, however many texts there are', () => {
    const list = createCandidateList()
    for (let index = 0; !list.isFull('text'); index++) list.add(`+1408555${1000 + index}`, 'text')
    expect(list.isFull('link')).toBe(false)
    list.add('+442079460018', 'link')
    // What is there already may still turn out to be a link.
    list.add('+14085551000', 'field')
    expect(list.all().slice(0, 2)).toEqual([
      { text: '+442079460018', source: 'link' },
      { text: '+14085551000', source: 'field' },
    ])
    expect(list.all()).toHaveLength(401)
    for (let index = 0; !list.isFull('field'); index++) list.add(`+1206555${1000 + index}`, 'link')
    expect(list.all().filter(({ source }) => source !== 'text')).toHaveLength(400)
  })
})
