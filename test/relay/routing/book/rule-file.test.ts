import { describe, expect, it } from 'vitest'
import { useRulesFolder } from './folder.ts'
import { FORWARD, fileOf, fileWith } from './rule-files.ts'

/** One fault a file, of each kind that there is: where it is said to be, and why. */

const folder = useRulesFolder()

describe('refuses, with line, column and reason,', () => {
  it.each<[what: string, text: string, fault: string]>([
    ['an empty file', '', '1:1: the file should have an object, but is empty'],
    ['one of spaces', ' \n ', '1:1: the file should have an object, but is empty'],
    [
      'a comment alone',
      '// none yet',
      '1:12: there should be a value here: a text in double quotes, a number, true, false, { or [',
    ],
    ['a missing comma', '{\n  "timeZone": "UTC"\n  "rules": []\n}', '3:3: there should be a comma before this'],
    ['a missing bracket', '{ "rules": [', '1:13: there should be a ] here'],
    ['an open text', '{ "rules\n: []}', '1:3: a text should end with a double quote on its line'],
    [
      'single quotes',
      "{ 'rules': [] }",
      '1:3: there should be a value here: a text in double quotes, a number, true, false, { or [',
    ],
    ['a second object', '{ "rules": [] } {}', '1:17: the file should end here, after one object'],
    ['an open comment', '{ "rules": [] } /* x', '1:17: a comment that begins with /* should end with */'],
    [
      'a wrong escape',
      '{ "rules": "\\x" }',
      '1:12: a backslash in a text should be followed by one of " \\ / b f n r t u',
    ],
    [
      'too many brackets',
      `{ "rules": ${'['.repeat(100_000)}`,
      '1:31: the file should have at most 20 levels of brackets',
    ],
    ['no object', '[]', '1:1: the file should be an object, not an array'],
    ['a number', '7', '1:1: the file should be an object with rules'],
    ['no rules', '{}', '1:1: rules is missing: it should be an array of rules'],
    [
      'a name that stands twice',
      '{ "rules": [],\n "rules": [] }',
      '2:2: a name should stand once in an object, but this one stands twice',
    ],
    [
      'a name of JavaScript',
      '{ "rules": [], "lists": { "__proto__": [] } }',
      '1:27: a name should be another: JavaScript keeps this one for itself',
    ],
  ])('%s', async (_what, text, fault) => {
    const loaded = await folder.load(text)
    expect(loaded.book).toBeUndefined()
    expect(loaded.faults).toEqual([`rules.jsonc:${fault}`])
  })

  it.each<[what: string, when: object, reason: RegExp]>([
    ['no condition', {}, /rules\[0\]\.when should be an object with at least one condition/],
    ['no callers', { caller: [] }, /when\.caller should be an array with at least one entry: an empty one never holds/],
    ['no extensions', { extensions: [] }, /when\.extensions should be an array with at least one entry/],
    ['no times', { times: [] }, /when\.times should be an array with at least one entry/],
    ['a caller for an array', { caller: '+14085550123' }, /when\.caller should be an array of numbers/],
    ['a number without +', { caller: ['4085550123'] }, /when\.caller\[0\] should be a number in E\.164/],
    ['a word for a number', { caller: ['nobody'] }, /when\.caller\[0\] should be a number in E\.164/],
    ['a number of no country', { caller: ['+99912345678'] }, /when\.caller\[0\] should be a possible number/],
    ['a number too short', { called: ['+1408555'] }, /when\.called\[0\] should be a possible number/],
    ['a beginning of nothing', { caller: ['+*'] }, /when\.caller\[0\] should be a number in E\.164/],
    ['a withheld number that was called', { called: ['withheld'] }, /when\.called\[0\] should be a number/],
    ['a list that there is not', { caller: ['list:nobody'] }, /when\.caller\[0\] should name a list that "lists" has/],
    [
      'a short number for an extension id',
      { extensions: [102] },
      /when\.extensions\[0\] should be a RingCentral extension id/,
    ],
    ['a queue by name', { queues: ['Sales'] }, /when\.queues\[0\] should be a RingCentral extension id/],
    ['to ring for no time', { ringingForS: 0 }, /when\.ringingForS should be a whole number of seconds from 1 to 3600/],
    ['to ring for a text', { ringingForS: '6' }, /when\.ringingForS should be a whole number of seconds/],
    ['half a call', { callsToday: 1.5 }, /when\.callsToday should be a whole number from 1/],
    [
      'a name that is not known',
      { calller: ['withheld'], queues: ['1'] },
      /a name in rules\[0\]\.when is not known: it should be one of caller, called/,
    ],
    ['no day', { times: [{ days: [] }] }, /times\[0\]\.days should be an array with at least one day/],
    ['a day by its whole name', { times: [{ days: ['monday'] }] }, /times\[0\]\.days\[0\] should be one of mon, tue/],
    ['a time without a colon', { times: [{ from: '8' }] }, /times\[0\]\.from should be a time from 00:00 to 23:59/],
    ['a time after midnight', { times: [{ to: '24:30' }] }, /times\[0\]\.to should be a time from 00:00 to 24:00/],
    [
      'a window without anything',
      { times: [{}] },
      /times\[0\] should be an object with at least one of days, from and to/,
    ],
    ['a time that is none', { times: [{ from: '08:00', to: '08:00' }] }, /times\[0\] should have two different times/],
    [
      'calls that can not be counted',
      { caller: ['withheld'], callsToday: 2 },
      /when\.callsToday should not stand beside callers who are all withheld/,
    ],
  ])('%s', async (_what, when, reason) => {
    const { book, faults } = await folder.load(fileWith(when))
    expect(book).toBeUndefined()
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^rules\.jsonc:1:\d+: /)
    expect(faults[0]).toMatch(reason)
  })

  it.each<[what: string, acts: readonly object[], reason: RegExp]>([
    ['no act', [], /rules\[0\]\.do should be an array with at least one act/],
    ['five acts', Array(5).fill({ alert: { to: 'watchers', text: 'x' } }), /do should be an array of at most 4 acts/],
    ['an act that is none', [{}], /do\[0\] should be an object with one of forward/],
    [
      'two acts in one',
      [{ reply: 'x', alert: { to: 'watchers', text: 'x' } }],
      /do\[0\] should be an object with only one of forward/,
    ],
    [
      'an act that is not known',
      [{ hangUp: {} }],
      /a name in rules\[0\]\.do\[0\] is not known: it should be one of forward/,
    ],
    ['no destination', [{ forward: {} }], /do\[0\]\.forward should be an object with one of extensionId/],
    [
      'two destinations',
      [{ forward: { extensionId: '1', voicemail: '1' } }],
      /do\[0\]\.forward should be an object with only one of/,
    ],
    [
      'a number of a call to nowhere',
      [{ transfer: { phoneNumber: '0123' } }],
      /transfer\.phoneNumber should be a number in E\.164/,
    ],
    ['a long reply', [{ reply: 'x'.repeat(501) }], /do\[0\]\.reply should be a text of at most 500 characters/],
    ['an empty reply', [{ reply: '' }], /do\[0\]\.reply should be a text that is not empty/],
    ['an alert to nobody', [{ alert: { text: 'x' } }], /do\[0\]\.alert should be an object with to and text/],
    [
      'an alert to a name',
      [{ alert: { to: 'Bea', text: 'x' } }],
      /alert\.to should be an extension id, .* or watchers/,
    ],
    ['an alert of nothing', [{ alert: { to: 'watchers' } }], /do\[0\]\.alert\.text is missing: it should be a text/],
    ['no device', [{ supervise: {} }], /do\[0\]\.supervise\.deviceId is missing: it should be an id/],
    [
      'three channels',
      [{ supervise: { deviceId: '7', channels: 3 } }],
      /do\[0\]\.supervise\.channels should be 1 or 2/,
    ],
    ['two acts that move', [FORWARD, { reply: 'x' }], /do\[1\] should not be the second act that moves the call/],
    ['a forward to who rings', [{ forward: { extensionId: '7' } }], /do\[0\] should forward to another extension/],
  ])('%s', async (_what, acts, reason) => {
    const { book, faults } = await folder.load(fileWith({ extensions: ['7'] }, acts))
    expect(book).toBeUndefined()
    expect(faults.filter((fault) => !reason.test(fault))).toEqual([])
    expect(faults.length).toBeGreaterThan(0)
  })

  it.each<[what: string, file: object, reason: RegExp]>([
    [
      'two rules of one name',
      fileOf({ name: 'Same' }, {}, { name: 'Same' }),
      /rules\[2\]\.name should be a name that no other rule has, but rules\[0\] has it too/,
    ],
    [
      'a rule without a name',
      fileOf({ name: undefined }),
      /rules\[0\]\.name is missing: it should be a text of 1 to 100/,
    ],
    ['a name of two lines', fileOf({ name: 'a\nb' }), /rules\[0\]\.name should be .* on one line/],
    ['a long name', fileOf({ name: 'x'.repeat(101) }), /rules\[0\]\.name should be a text of 1 to 100 characters/],
    [
      'a rule without conditions',
      fileOf({ when: undefined }),
      /rules\[0\]\.when is missing: it should be an object of conditions/,
    ],
    ['a word for true', fileOf({ dry: 'yes' }), /rules\[0\]\.dry should be true or false/],
    ['201 rules', fileOf(...Array(201).fill({})), /^rules\.jsonc:1:\d+: rules should be an array of at most 200 rules/],
    [
      'a time zone that there is not',
      { ...fileOf(), timeZone: 'America/Springfield' },
      /timeZone should be an IANA time zone that there is/,
    ],
    ['an offset', { ...fileOf(), timeZone: '+02:00' }, /timeZone should be an IANA time zone that there is/],
    ['an empty list', { ...fileOf(), lists: { a: [] } }, /a list should be an array with at least one number/],
    ['a list with a word', { ...fileOf(), lists: { a: ['Ada'] } }, /an entry of a list should be a number in E\.164/],
    [
      'a list of withheld',
      { ...fileOf(), lists: { a: ['withheld'] } },
      /an entry of a list should be a number in E\.164/,
    ],
    [
      'a list with a number too short',
      { ...fileOf(), lists: { a: ['+1408555'] } },
      /an entry of a list should be a possible number/,
    ],
    ['a list that is none', { ...fileOf(), lists: { a: 7 } }, /a list should be an array of numbers, or/],
    [
      'a list in a folder',
      { ...fileOf(), lists: { a: { file: '../a.csv' } } },
      /the file of a list should be the name of a CSV file beside this one, without a folder/,
    ],
    [
      'a list in no file',
      { ...fileOf(), lists: { a: { file: 'a.csv' } } },
      /^a\.csv:1:1: the list should be a file, but there is none$/,
    ],
    ['a list in the folder itself', { ...fileOf(), lists: { a: { file: '.' } } }, /should be the name of a CSV file/],
  ])('%s', async (_what, file, reason) => {
    const { book, faults } = await folder.load(file)
    expect(book).toBeUndefined()
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(reason)
  })
})
