import { describe, expect, it } from 'vitest'
import { isSameNumber, numberKey } from '../../../shared/number/key.ts'

describe('the key', () => {
  it.each([
    ['in E.164', '+14085550123', 'US', 'tel:+14085550123'],
    ['national', '(408) 555-0123', 'US', 'tel:+14085550123'],
    ['national with dots', '408.555.0123', 'US', 'tel:+14085550123'],
    ['national with the long-distance 1', '1-408-555-0123', 'US', 'tel:+14085550123'],
    ['national with trunk 0', '020 7946 0018', 'GB', 'tel:+442079460018'],
    ['with a trunk 0 that is never dialled', '+44 (0)20 7946 0018', 'US', 'tel:+442079460018'],
    ['with a 0 that belongs to it', '+39 06 345 6789', 'US', 'tel:+39063456789'],
    ['without the 0 that belongs to it', '+39 2 1234 5678', 'US', 'tel:+390212345678'],
    ['without the 0 that belongs to it', '212345678', 'IT', 'tel:+390212345678'],
    ['without the 0 that belongs to it', '011 39 6 345 6789', 'US', 'tel:+39063456789'],
    ['without the 0 that belongs to it', '707123456', 'CI', 'tel:+2250707123456'],
    ['without the 0 that belongs to it', '+242 6 123 4567', 'FR', 'tel:+242061234567'],
    ['without the 0 that belongs to it', '197123456', 'BJ', 'tel:+2290197123456'],
    ['of a mobile in Italy with a 0', '+39 (0)392 4567890', 'DE', 'tel:+393924567890'],
    ['of a mobile in Italy with a 0', '0039 0392 4567890', 'DE', 'tel:+393924567890'],
    ['of a mobile in Italy from before 2001', '0331/2345678', 'IT', 'tel:+393312345678'],
    ['of a desk in Italy', '0331 123456', 'IT', 'tel:+390331123456'],
    ['of a desk in Italy as long as a mobile', '0331 1234567', 'IT', 'tel:+3903311234567'],
    ['dialled from the United States', '011 44 20 7946 0018', 'US', 'tel:+442079460018'],
    ['dialled from Europe', '0044 20 7946 0018', 'DE', 'tel:+442079460018'],
    ['with Mexico’s old mobile prefix', '+52 1 33 5555 0187', 'US', 'tel:+523355550187'],
    ['with Mexico’s old trunk prefix from abroad', '+52 01 33 5555 0187', 'DE', 'tel:+523355550187'],
    ['with Mexico’s old trunk prefix', '01 (33) 5555-0187', 'MX', 'tel:+523355550187'],
    ['with Mexico’s old prefix of a call to a mobile', '044 33 5555 0187', 'MX', 'tel:+523355550187'],
    ['with Mexico’s old prefix of a call to a mobile elsewhere', '045 33 5555 0187', 'MX', 'tel:+523355550187'],
    ['dialled to Mexico with its old prefix', '011 52 1 33 5555 0187', 'US', 'tel:+523355550187'],
    ['as WhatsApp writes it', '5213355550187', 'MX', 'tel:+523355550187'],
    ['with Argentina’s 9 for a mobile', '+54 9 11 2345-6789', 'US', 'tel:+541123456789'],
    ['without Argentina’s 9 for a mobile', '+54 11 2345-6789', 'US', 'tel:+541123456789'],
    ['with Argentina’s 15 for a mobile', '011 15 2345-6789', 'AR', 'tel:+541123456789'],
    ['with Brazil’s ninth digit', '+55 11 98765-4321', 'US', 'tel:+5511987654321'],
    ['without Brazil’s ninth digit', '+55 11 8765-4321', 'US', 'tel:+5511987654321'],
    ['national without Brazil’s ninth digit', '(11) 8765-4321', 'BR', 'tel:+5511987654321'],
    ['in Brazil at a desk', '+55 11 3765-4321', 'US', 'tel:+551137654321'],
    ['with a prefix that is another country’s', '0044 20 7946 0018', 'US', 'tel:+442079460018'],
    ['with a prefix that is another country’s', '011 44 20 7946 0018', 'FR', 'tel:+442079460018'],
    ['between square brackets, with no-break spaces', '[+49]\u00a030\u00a01234567', 'US', 'tel:+49301234567'],
    ['copied with marks for the writing direction', '\u202a+1 408 555 0123\u202c', 'US', 'tel:+14085550123'],
    ['in full-width digits', '＋１４０８５５５０１２３', 'US', 'tel:+14085550123'],
    ['in Arabic-Indic digits', '٤٠٨ ٥٥٥ ٠١٢٣', 'US', 'tel:+14085550123'],
    ['in Persian digits', '+۹۸ ۲۱ ۲۳۴۵ ۶۷۸۹', 'US', 'tel:+982123456789'],
    ['in full-width digits with Japanese dashes', '０３ー５５５５ー０１８７', 'JP', 'tel:+81355550187'],
    ['with dots in the middle of the line', '408·555•0187', 'US', 'tel:+14085550187'],
    ['as a tel: address', 'tel:+1-408-555-0123', 'US', 'tel:+14085550123'],
    ['as a local tel: address with its context', 'tel:555-0123;phone-context=+1-408', 'DE', 'tel:+14085550123'],
    ['as a SIP address', 'sip:+14085550123@sip.example.com;user=phone', 'US', 'tel:+14085550123'],
    ['of a country that is not told', '+14085550123', '', 'tel:+14085550123'],
    ['of an area that is no country', '+14085550123', '419', 'tel:+14085550123'],
    ['in a range that is not assigned', '+1 999 555 0123', 'US', 'tel:+19995550123'],
    ['with a trunk 0 where there is none', '+48 (0)22 123 45 67', 'DE', 'tel:+48221234567'],
    ['with a trunk 0 where there is none', '+1 (0)408 555 0123', 'GB', 'tel:+14085550123'],
    ['with a trunk 0 where there is none', '00420 (0)601 123 456', 'DE', 'tel:+420601123456'],
    ['national with a trunk 0 where there is none', '0111 0000', 'PA', 'tel:+5071110000'],
    ['national with a trunk 0 that was given up', '09 6123 4567', 'CL', 'tel:+56961234567'],
    ['national with a trunk 0 that was given up', '0 512 345 678', 'PL', 'tel:+48512345678'],
    ['with a 0 that belongs to it', '00 39 06 345 6789', 'DE', 'tel:+39063456789'],
    ['with two exit codes', '+0049 30 1234567', 'US', 'tel:+49301234567'],
    ['with a 00 that is dialled elsewhere', '0061 412 345 678', 'AU', 'tel:+61412345678'],
    ['with a 00 that is dialled elsewhere', '0081 90 1234 5678', 'JP', 'tel:+819012345678'],
    ['with a 00 that is dialled elsewhere', '0055 11 98765 4321', 'BR', 'tel:+5511987654321'],
    ['without the plus of its country code', '4915112345678', 'DE', 'tel:+4915112345678'],
    ['without the plus of its country code', '4942112345678', 'DE', 'tel:+4942112345678'],
    ['without the plus of its country code', '62812345678', 'ID', 'tel:+62812345678'],
    ['without the plus of its country code', '38343201234', 'XK', 'tel:+38343201234'],
    ['national that begins like its country code', '04921 123456', 'DE', 'tel:+494921123456'],
    ['national that begins like its country code', '55 99912 3456', 'BR', 'tel:+5555999123456'],
    ['behind a code that withholds one’s own', '*67 408-555-0123', 'US', 'tel:+14085550123'],
    ['behind a code that shows one’s own', '*82 4085550123', 'US', 'tel:+14085550123'],
    ['behind a mobile’s code that withholds one’s own', '#31#030 1234567', 'DE', 'tel:+49301234567'],
    ['behind Britain’s code that withholds one’s own', '141 020 7946 0018', 'GB', 'tel:+442079460018'],
    ['behind Japan’s code that withholds one’s own', '184-03-5555-0187', 'JP', 'tel:+81355550187'],
    ['of six digits in Australia', '13 12 34', 'AU', 'tel:+61131234'],
    ['of six digits in Andorra', '312 345', 'AD', 'tel:+376312345'],
    ['of six digits on the Faroe Islands', '21 12 34', 'FO', 'tel:+298211234'],
    ['of six digits in Greenland', '22 12 34', 'GL', 'tel:+299221234'],
    ['of six digits in New Caledonia', '75.12.34', 'NC', 'tel:+687751234'],
    ['of five digits in Norway', '04800', 'NO', 'tel:+4704800'],
    ['dialled from Australia', '0011 44 20 7946 0018', 'US', 'tel:+442079460018'],
    ['with Argentina’s 9 and 15 for one mobile', '+54 9 11 15 2345-6789', 'US', 'tel:+541123456789'],
    ['with Argentina’s 9 and 15 for one mobile', '549 351 15 234 5678', 'AR', 'tel:+543512345678'],
    ['with a place for any carrier of Brazil', '(0xx11) 98765-4321', 'BR', 'tel:+5511987654321'],
    ['with a place for any carrier of Brazil', '0**11 3765-4321', 'BR', 'tel:+551137654321'],
    ['called at its own expense in Brazil', '9090 11 98765-4321', 'BR', 'tel:+5511987654321'],
    ['from before Colombia’s desks had an area', '+57 1 555 0187', 'US', 'tel:+576015550187'],
    ['from before Colombia’s desks had an area', '(1) 555 0187', 'CO', 'tel:+576015550187'],
    ['from before Benin’s had ten digits', '+229 97 12 34 56', 'US', 'tel:+2290197123456'],
    ['from before Benin’s had ten digits', '97 12 34 56', 'BJ', 'tel:+2290197123456'],
    ['with a trunk 8 that was given up', '8 067 123 4567', 'UA', 'tel:+380671234567'],
    ['with a trunk 8 that was given up', '8 2123 4567', 'LV', 'tel:+37121234567'],
    ['with a trunk 0 that was given up', '0601 234 567', 'CZ', 'tel:+420601234567'],
    ['in Devanagari', '९८७६५ ४३२१०', 'IN', 'tel:+919876543210'],
    ['in Thai digits', '๐๒-๕๕๕-๐๑๘๗', 'TH', 'tel:+6625550187'],
    ['in brackets of other kinds', '【03】5555〔0187〕', 'JP', 'tel:+81355550187'],
    ['that waits for a second tone', '8~10 44 20 7946 0018', 'RU', 'tel:+442079460018'],
    ['with two plus signs', '++1 408 555 0123', 'DE', 'tel:+14085550123'],
    ['behind a name', 'Ada Winter <4085550123>', 'US', 'tel:+14085550123'],
    ['behind a name in quotation marks', '"Ada (9)" <+1 408 555 0123>', 'US', 'tel:+14085550123'],
    ['before a name in brackets', '4085550123 (Ada Winter)', 'US', 'tel:+14085550123'],
    ['before a word in brackets', '+1 (408) 555-0123 (cell)', 'US', 'tel:+14085550123'],
    ['that ends in a word', '1-800-FLOWERS', 'US', 'tel:+18003569377'],
    ['that ends in a word too long', '1-800-MATTRESS', 'US', 'tel:+18006288737'],
    ['that ends in a word', '(408) 555-HELP', 'CA', 'tel:+14085554357'],
    ['that ends in a word', '+1 888 GO FEDEX', 'DE', 'tel:+18884633339'],
    ['that ends in a word', '1300 FLOWER', 'AU', 'tel:+611300356937'],
    ['that ends in a word', '1-800-FLOWERS', 'DE', 'tel:+18003569377'],
    ['that ends in a word', '0800 FLOWERS', 'DE', 'tel:+498003569377'],
    ['in digits of mathematics', '\u{1d7dc}\u{1d7d8}\u{1d7e0} 555 0123', 'US', 'tel:+14085550123'],
  ])('of a number %s: %s in %s', (_, raw, country, key) => {
    expect(numberKey(raw, country).key).toBe(key)
  })

  it.each([
    '+14085550123;ext=12',
    'tel:+1-408-555-0123;ext=12',
    '(408) 555-0123 x12',
    '408-555-0123 ext. 12',
    '408-555-0123 Extn: 12',
    '4085550123#12',
    '+14085550123*12',
    '(408) 555-0123 *12',
    '408 555 0123 DW 12',
    '408 555 0123 Durchwahl 12',
    '408 555 0123, App. 12',
    '408 555 0123 poste 12',
    '408 555 0123 доб. 12',
    '408 555 0123 добавочный 12',
    '408 555 0123 ext #12',
    '408 555 0123 Ext.#12',
    '408 555 0123; ext 12',
    '408 555 0123 local 12',
    '408 555 0123 option 12',
    '408 555 0123 (12)',
    '408 555 0123 Nebenst. 12',
    '408 555 0123 r. 12',
    '408 555 0123 wew. 12',
    '408 555 0123 dahili 12',
    '408 555 0123（内線12）',
    '408 555 0123转12',
    '408 555 0123 내선 12',
    'tel:+14085550123,,12',
    'tel:+14085550123,,12#',
    '+1 408 555 0123p12',
    '+1 408 555 0123w12#',
  ])('leaves out the extension behind a number and keeps it beside: %s', (raw) => {
    expect(numberKey(raw, 'US')).toEqual({
      kind: 'number',
      key: 'tel:+14085550123',
      e164: '+14085550123',
      extension: '12',
    })
  })

  it.each([
    'tel:+14085550123;postd=pp22',
    '+14085550123;123#',
    'tel:+14085550123,,86012345678#,,,,*1234#',
    'tel:+14085550123,',
  ])('leaves out what is dialled later on: %s', (raw) => {
    expect(numberKey(raw, 'US').key).toBe('tel:+14085550123')
  })

  it.each(['4085550123,4085550124', '4085550123;4085550124'])('of two numbers is that of neither: %s', (raw) => {
    expect(numberKey(raw, 'US').kind).toBe('raw')
  })

  it.each([
    ['493023125177.0', 'DE', 'tel:+493023125177'],
    ['493023125177.00', 'DE', 'tel:+493023125177'],
    ['493023125177,0', 'DE', 'tel:+493023125177'],
    ['+493023125177.0', 'US', 'tel:+493023125177'],
    ['14085550187.0', 'US', 'tel:+14085550187'],
    ['14,085,550,187', 'US', 'tel:+14085550187'],
    ['4.93023125177E+11', 'DE', 'tel:+493023125177'],
    ['4,93023125177e11', 'DE', 'tel:+493023125177'],
    ['4.930231251770E+11', 'DE', 'tel:+493023125177'],
    ["'+493023125177", 'DE', 'tel:+493023125177'],
    ['\u2019030 23125177', 'DE', 'tel:+493023125177'],
    ['`030 23125177`', 'DE', 'tel:+493023125177'],
    ['="030 23125177"', 'DE', 'tel:+493023125177'],
    ['=+493023125177', 'DE', 'tel:+493023125177'],
    ['""+493023125177""', 'DE', 'tel:+493023125177'],
    ["493'023'125'177", 'DE', 'tel:+493023125177'],
    ['+493,023,125,177', 'DE', 'tel:+493023125177'],
    ['4.93023E+11', 'DE', undefined],
    ['4,93023E+11', 'DE', undefined],
    ['5E+09', 'US', undefined],
    ['493023125177.5', 'DE', undefined],
  ])('of a number that was a quantity in a spreadsheet is whole or none: %s in %s', (raw, country, key) => {
    expect(numberKey(raw, country).key).toBe(key)
  })

  it.each([
    ['a number of another country with its trunk 0', '030 23125012', 'US', 'raw:03023125012'],
    ['what follows 00 is no country', '00999 123 456', 'DE', 'raw:00999123456'],
    ['a country code alone', '+1', 'US', undefined],
    ['a code without a number', '*67', 'US', 'raw:*67'],
  ])('is not that of a stranger: %s, %s in %s', (_, raw, country, key) => {
    expect(numberKey(raw, country).key).toBe(key)
  })

  it.each([
    ['102', 'ext:102'],
    ['11101', 'ext:11101'],
    ['0102', 'ext:0102'],
    ['sip:102@pbx.example.com', 'ext:102'],
    ['123456', 'ext:123456'],
    ['ext. 102', 'ext:102'],
    ['x102', 'ext:102'],
    ['Durchwahl: 12', 'ext:12'],
    ['="102"', 'ext:102'],
  ])('of the short extension %s is %s', (raw, key) => {
    expect(numberKey(raw, 'US').key).toBe(key)
  })

  it.each([
    ['911', ''],
    ['112', 'US'],
    ['999', 'GB'],
    ['000', 'AU'],
    ['411', 'US'],
    ['988', 'CA'],
    ['110', 'DE'],
    ['116117', 'DE'],
    ['118', 'IT'],
    ['15', 'FR'],
    ['119', 'JP'],
    ['10111', 'ZA'],
    ['1177', 'SE'],
    ['116123', 'GB'],
    ['tel:911', 'US'],
  ])('of a public service is no extension’s: %s in %s', (raw, country) => {
    expect(numberKey(raw, country)).toEqual({
      kind: 'raw',
      key: `raw:${raw.replace('tel:', '')}`,
      text: raw.replace('tel:', ''),
    })
  })

  it.each([
    ['101', 'IN'],
    ['110', 'US'],
    ['411', 'DE'],
    ['116117', 'US'],
    ['118', 'US'],
  ])('of what is a public service elsewhere is the extension’s: %s in %s', (raw, country) => {
    expect(numberKey(raw, country).key).toBe(`ext:${raw}`)
  })

  it.each([
    ['a feature code', '*801', 'US', 'raw:*801'],
    ['the operator', '0', 'US', 'raw:0'],
    ['a local number', '555-0123', 'US', 'raw:5550123'],
    ['a country that does not exist', '+999 123 4567', 'US', 'raw:+9991234567'],
    ['a national number in an unknown country', '(408) 555-0123', '', 'raw:4085550123'],
    ['a number too long', '4085550123408555012340855', 'US', 'raw:4085550123408555012340855'],
    ['a number in a sentence', 'call 408 555 0123', 'US', 'raw:call4085550123'],
    ['a SIP user', 'sip:Ada.Winter@example.com', 'US', 'raw:sip:adawinter'],
    ['a number with too long a word', '408-555-HELPME', 'US', 'raw:408555helpme'],
    ['a price', '800 MONTHLY', 'DE', 'raw:800monthly'],
    ['a word that dials something in Australia only', '13 CATS', 'DE', 'raw:13cats'],
    ['a SIP user who begins with digits', 'sip:250johnson@example.com', 'US', 'raw:sip:250johnson'],
    ['a SIP user whose host is somewhere', 'sip:ada@mail.invalid.example.com', 'US', 'raw:sip:ada'],
    ['a number with a word for a home', 'privat 030 901877', 'DE', 'raw:privat030901877'],
  ])('of %s is what is written: %s', (_, raw, country, key) => {
    expect(numberKey(raw, country).key).toBe(key)
  })

  // In time that grows with the text, or this takes minutes.
  it.each([
    ['an opening bracket', `<${'1'.repeat(100_000)}`],
    ['blanks', `'1${' '.repeat(100_000)}x`],
    ['quotation marks', `'1${"'".repeat(100_000)}x`],
    ['letters', `1${'a'.repeat(100_000)}!`],
  ])('of a long text of %s is no number’s', (_, raw) => {
    expect(numberKey(raw, 'US').kind).toBe('raw')
  })

  it.each([
    undefined,
    '',
    '  ',
    '+',
    '---',
    'anonymous',
    'Anonymous',
    'UNKNOWN',
    'Private',
    'restricted',
    ' Unavailable ',
    'sip:anonymous@anonymous.invalid',
    'anonymous@anonymous.invalid',
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    'sip:Restricted@203.0.113.7',
    'Private Number',
    'BLOCKED',
    'No Caller ID',
    'unknown caller',
    'withheld',
    'Out of area',
    'P',
    'Unknown 2',
    'Unbekannt',
    'Unterdrückte Nummer',
    'Numéro masqué',
    'Número oculto',
    'Numero privato',
    'Afgeschermd',
    'Скрытый номер',
    '非通知',
    '발신번호표시제한',
    'sip:Anonyme@example.com',
    'sip:anónimo@example.com',
    'sip:unterdrueckt@example.com',
    'sip:onbekend@example.com',
    'sip:zastrzeżony@example.com',
    'sip:whoever@anonymous.invalid:5060',
    '"Gone" <sip:gone@unknown.invalid>;tag=7a',
    '00266696687',
    '011 266 696 687',
    '+266696687',
    '266696687',
    '+1266696687',
    '+7378742833',
    '+17378742833',
    '+7378742883',
    '+2562533',
    '+8656696',
    '+86282452253',
    '+10000000000',
    '000-000-0000',
    '+44 0000 000000',
    '00000000',
    '1111111111',
    '+1 999 999 9999',
    '+1 123 456 7890',
    '+99999999',
  ])('of a withheld number is none: %s', (raw) => {
    expect(numberKey(raw, 'US')).toEqual({ kind: 'withheld', key: undefined })
    expect(isSameNumber(raw, raw, 'US')).toBe(false)
  })
})

describe('two spellings', () => {
  it.each([
    ['+14085550123', '(408) 555-0123', true],
    ['+14085550123', '+14085550123 x7', true],
    ['+14085550123', '+14085550124', false],
    ['102', '102', true],
    ['102', '0102', false],
    ['801', '*801', false],
    ['102', '+102', false],
    ['555-0123', '5550123', true],
    ['555-0123', '+14085550123', false],
    ['anonymous', undefined, false],
    ['+8888888888', '8888888888', false],
    ['+18888888888', '8888888888', true],
    ['99999 99999', '+91 9999999999', false],
  ])('%s and %s of one number: %s', (a, b, isSame) => {
    expect(isSameNumber(a, b, 'US')).toBe(isSame)
    expect(isSameNumber(b, a, 'US')).toBe(isSame)
  })
})
