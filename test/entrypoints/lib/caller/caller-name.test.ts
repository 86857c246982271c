import { describe, expect, it } from 'vitest'
import {
  type CallerName,
  type KnownNames,
  NO_NAMES,
  nameCall,
  nameConference,
  saysWho,
  selectCallerName,
} from '../../../../entrypoints/lib/caller/caller-name.ts'
import { nameRecords } from '../../../../entrypoints/lib/caller/name-records.ts'
import { buildRow } from '../store/row.ts'

const outside = 'tel:+14085550123'
const everything: KnownNames = { contact: 'Ada (shop)', record: 'Ada Winter', otherCall: 'WINTER ADA' }

describe('what a caller is called', () => {
  type Case = readonly [string, { name?: string; numberKey?: string }, Partial<KnownNames>, CallerName | undefined]
  const cases: readonly Case[] = [
    [
      'a contact, over everything the network says',
      { name: 'WIRELESS CALLER' },
      everything,
      { name: 'Ada (shop)', source: 'contact' },
    ],
    ['a contact, over a real name too', { name: 'WINTER A' }, everything, { name: 'Ada (shop)', source: 'contact' }],
    [
      "the CRM's record, over the network",
      { name: 'WINTER A' },
      { record: 'Ada Winter' },
      { name: 'Ada Winter', source: 'record' },
    ],
    ['the network, when nobody else knows', { name: 'WINTER A' }, {}, { name: 'WINTER A', source: 'network' }],
    [
      'the network, over another call',
      { name: 'WINTER A' },
      { otherCall: 'WINTER ADA' },
      { name: 'WINTER A', source: 'network' },
    ],
    [
      'another call, where there is no name',
      {},
      { otherCall: 'WINTER ADA' },
      { name: 'WINTER ADA', source: 'otherCall' },
    ],
    [
      'another call, over a name of anybody',
      { name: 'WIRELESS CALLER' },
      { otherCall: 'WINTER ADA' },
      { name: 'WINTER ADA', source: 'otherCall' },
    ],
    [
      'another call, over the number as a name',
      { name: '+14085550123' },
      { otherCall: 'WINTER ADA' },
      { name: 'WINTER ADA', source: 'otherCall' },
    ],
    [
      'anybody, when nobody knows more',
      { name: 'WIRELESS CALLER' },
      {},
      { name: 'WIRELESS CALLER', source: 'network' },
    ],
    ['nobody', {}, {}, undefined],
    ['nobody, by an empty name', { name: ' ' }, {}, undefined],
    [
      'a colleague, as in the directory',
      { name: 'Cleo Marsh', numberKey: 'ext:102' },
      everything,
      { name: 'Cleo Marsh', source: 'directory' },
    ],
    [
      'a colleague whom the directory does not name',
      { numberKey: 'ext:102' },
      everything,
      { name: 'Ada (shop)', source: 'contact' },
    ],
  ]
  it.each(cases)('%s', (_what, call, known, called) => {
    const row = { name: undefined, numberKey: outside, ...call }
    expect(selectCallerName(row, { ...NO_NAMES, ...known })).toEqual(called)
    const full = buildRow({ telephonySessionId: 's-1', ...row })
    expect(nameCall(full, { ...NO_NAMES, ...known })).toMatchObject(
      called === undefined ? full : { name: called.name, nameSource: called.source },
    )
  })

  it.each(
    [
      'WIRELESS CALLER',
      'Wireless Caller',
      'CELL PHONE',
      'Cellular Call',
      'MOBILE',
      'Unknown',
      'UNKNOWN NAME',
      'Unknown Caller',
      'Unavailable',
      'Name Unavailable',
      'Private Caller',
      'Anonymous',
      'RESTRICTED',
      'TOLL FREE',
      'TOLL-FREE CALLER',
      'TOLLFREE NUMBER',
      'OUT OF AREA',
      'No Name',
      'NO CALLER ID',
      'Cell Phone   CA',
      'WIRELESS CALLER TX',
      'OUT-OF-AREA',
      'NOT AVAILABLE',
      'Caller Unknown',
      'NUMBER UNAVAILABLE',
      'CALLER ID UNAVAILABLE',
      'Name not available',
      'INCOMING CALL',
      'VOIP CALLER',
      'PAY PHONE',
      'PAYPHONE',
      'Unbekannt',
      'Unbekannter Anrufer',
      'Unbekannte Nummer',
      'Unterdrückte Rufnummer',
      'Anonymer Anrufer',
      'Numéro inconnu',
      'NUMERO MASQUE',
      'Appel anonyme',
      'Número desconocido',
      'Llamada desconocida',
      'Numero privato',
      'Onbekend nummer',
      'Неизвестный номер',
      'Nieznany numer',
      '匿名',
      '非通知',
      '+14085550123',
      '(408) 555-0123',
      '?',
      '',
    ].filter((name) => name !== 'Caller'),
  )('%j says nothing of who it is', (name) => {
    expect(saysWho(name)).toBe(false)
  })

  it.each([
    'Ada Winter',
    'WINTER ADA',
    'Mobile Repairs Ltd',
    'Private Bank',
    'Mobile AG',
    'No Vu',
    'Cell Biology Dept',
    'Noname Noodles',
    'Jean Privat',
    'Anonymous Content',
    'Privata Dental',
    'Call Center Nord',
    'Rufnummer GmbH',
    'Incoming Tours',
    'Unknown Pleasures Ltd',
    'Payphone Museum',
    '冬木',
  ])('%j does', (name) => {
    expect(saysWho(name)).toBe(true)
  })
})

it('the others of a conference are called as in the calls with them', () => {
  const others = [
    { name: 'WIRELESS CALLER', phoneNumber: '+14085550124', extensionId: undefined },
    { name: 'CLEO', phoneNumber: '+14085550125', extensionId: undefined },
    { name: undefined, phoneNumber: undefined, extensionId: undefined },
  ]
  const row = { ...buildRow({ telephonySessionId: 's-1' }), conferenceWith: others }
  const calls = [
    buildRow({ telephonySessionId: 's-2', phoneNumber: '+14085550124', name: 'Ben Frost' }),
    buildRow({ telephonySessionId: 's-3', phoneNumber: undefined, name: 'nobody' }),
  ]
  const named = nameConference(row, calls).conferenceWith?.map(({ name }) => name)
  expect(named).toEqual(['Ben Frost', 'CLEO', undefined])
  expect(nameConference(calls[0] ?? row, calls)).toBe(calls[0])
})

describe("whom the CRM's records are about", () => {
  it.each([
    [['Ada Winter | HubSpot'], 'Ada Winter'],
    [['(3) Ada Winter - Sample CRM'], 'Ada Winter'],
    [['Contact: Ada Winter ~ Salesforce'], 'Ada Winter'],
    [['Ada Winter | HubSpot', 'Ada Winter · Contacts'], 'Ada Winter'],
    [['Ada Winter', 'Ben Frost'], undefined],
    [['Ticket #4711: no light'], undefined],
    [['Order 20415 - Shop'], undefined],
    [['https://crm.example/1'], undefined],
    [[], undefined],
  ])('%j', (titles, name) => {
    expect(nameRecords(titles.map((title) => ({ title })))).toBe(name)
  })
})
