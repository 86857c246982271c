import { mkdir } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadRuleBook } from '../../../../relay/routing/book/load-book.ts'
import { useRulesFolder } from './folder.ts'

const folder = useRulesFolder()

const FORWARD = { forward: { extensionId: '400101' } }
/** A file of one rule with these conditions and acts. */
const fileWith = (when: object, acts: readonly object[] = [FORWARD]) => ({
  timeZone: 'America/Los_Angeles',
  lists: { important: ['+14085550123', '+1206*'] },
  rules: [{ name: 'First', when, do: acts }],
})
/** A file of rules with these names, each of its own queue. */
const fileOf = (...rules: readonly object[]) => ({
  rules: rules.map((rule, index) => ({
    name: `Rule ${index}`,
    when: { queues: [`${index}`] },
    do: [FORWARD],
    ...rule,
  })),
})

describe('a file of rules', () => {
  it('is compiled', async () => {
    const { book, faults } = await folder.load(`{
      // Comments may stand anywhere,
      "timeZone": "US/Pacific",
      "lists": { "important": ["+14085550123", "+1206*", "+120655*", "+5491123456789"], },
      "rules": [
        {
          "name": "Important customers ring at the supervisor's",
          "when": {
            "caller": ["list:important", "+442079460018", "+49*", "withheld"],
            "called": ["+14085550199"],
            "extensions": ["400102"],
            "queues": ["400195"],
            "ringingForS": 6, /* and commas too, */
            "times": [{ "days": ["mon", "fri"], "from": "18:00", "to": "08:30" }, { "days": ["sun"] }, { "to": "12:00" }],
          },
          "do": [
            { "alert": { "to": "watchers", "text": "Look" } },
            { "forward": { "voicemail": "400101" } },
          ],
        },
        {
          "name": "Others", "when": { "callsToday": 3 }, "goOn": true, "dry": true,
          "do": [{ "supervise": { "deviceId": "400801" } }, { "alert": { "extensionId": "400101", "text": "x" } }, { "transfer": { "extensionNumber": "101" } }],
        },
        { "name": "Third", "when": { "callsToday": 4 }, "do": [{ "reply": "We call back." }] },
        { "name": "Last", "when": { "callsToday": 5 }, "do": [{ "transfer": { "phoneNumber": "+14085550199" } }] },
      ],
    }`)
    expect(faults).toEqual([])
    const important = {
      name: 'important',
      keys: new Set(['tel:+14085550123', 'tel:+541123456789']),
      prefixes: ['+1206'],
    }
    expect(book).toEqual({
      timeZone: 'America/Los_Angeles',
      rules: [
        {
          name: "Important customers ring at the supervisor's",
          when: {
            caller: [
              { kind: 'list', list: important },
              { kind: 'number', key: 'tel:+442079460018' },
              { kind: 'prefix', e164: '+49' },
              { kind: 'withheld' },
            ],
            called: [{ kind: 'number', key: 'tel:+14085550199' }],
            extensionIds: new Set(['400102']),
            queueIds: new Set(['400195']),
            ringingForMs: 6000,
            times: [
              { days: new Set(['mon', 'fri']), fromMinute: 1080, toMinute: 510 },
              { days: new Set(['sun']), fromMinute: 0, toMinute: 1440 },
              { days: new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), fromMinute: 0, toMinute: 720 },
            ],
          },
          acts: [
            { kind: 'alert', to: 'watchers', text: 'Look' },
            { kind: 'forward', to: { voicemail: '400101' } },
          ],
          goOn: false,
          isDry: false,
        },
        {
          name: 'Others',
          when: { callsToday: 3 },
          acts: [
            { kind: 'supervise', deviceId: '400801', channels: 1 },
            { kind: 'alert', to: '400101', text: 'x' },
            { kind: 'transfer', to: { extensionNumber: '101' } },
          ],
          goOn: true,
          isDry: true,
        },
        {
          name: 'Third',
          when: { callsToday: 4 },
          acts: [{ kind: 'reply', text: 'We call back.' }],
          goOn: false,
          isDry: false,
        },
        {
          name: 'Last',
          when: { callsToday: 5 },
          acts: [{ kind: 'transfer', to: { phoneNumber: '+14085550199' } }],
          goOn: false,
          isDry: false,
        },
      ],
    })
  })

  it('may have no rules, and needs a time zone only for what depends on it', async () => {
    expect((await folder.load({ rules: [] })).book).toEqual({ timeZone: 'UTC', rules: [] })
    expect((await folder.load(fileOf({}))).faults).toEqual([])
    const [fault] = (await folder.load(fileOf({}, { when: { callsToday: 2 } }))).faults
    expect(fault).toMatch(/^rules\.jsonc:1:1: timeZone is missing: it should be an IANA time zone .*rules\[1\]/)
  })

  it('may begin with a byte order mark', async () => {
    expect((await folder.load('\ufeff{ "rules": [] }')).faults).toEqual([])
  })
})

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

  it.each<[what: string, earlier: object, later: object]>([
    ['the same conditions', { when: { queues: ['1'] } }, { when: { queues: ['1'] } }],
    ['more conditions', { when: { queues: ['1', '2'] } }, { when: { queues: ['1'], ringingForS: 5 } }],
    ['a longer ring', { when: { queues: ['1'], ringingForS: 5 } }, { when: { queues: ['1'], ringingForS: 6 } }],
    ['a number of the list', { when: { caller: ['list:a'] } }, { when: { caller: ['+14085550123'] } }],
    [
      'a number with the beginning',
      { when: { caller: ['+1408*', 'withheld'] } },
      { when: { caller: ['+14085550123', 'withheld'] } },
    ],
    ['a longer beginning', { when: { called: ['+1*'] } }, { when: { called: ['+1206*'] } }],
    ['the same list', { when: { caller: ['list:a'] } }, { when: { caller: ['list:a'], callsToday: 2 } }],
    ['an hour of the day', { when: { times: [{}] } }, { when: { times: [{ from: '08:00', to: '09:00' }] } }],
    ['any hour', { when: { times: [{ from: '00:00' }] } }, { when: { queues: ['1'] } }],
    [
      'a night of the nights',
      { when: { times: [{ from: '18:00', to: '08:00' }] } },
      { when: { times: [{ days: ['mon'], from: '20:00', to: '07:00' }] } },
    ],
  ])('a rule behind one that holds wherever it does: %s', async (_what, earlier, later) => {
    const file = (changes: object = {}) => ({
      ...fileOf({ ...earlier, ...changes }, later),
      timeZone: 'UTC',
      lists: { a: ['+14085550123'] },
    })
    const isEmptyWindow = JSON.stringify(earlier).includes('[{}]')
    const wide = isEmptyWindow ? { when: { times: [{ from: '00:00' }] } } : {}
    expect((await folder.load(file(wide))).faults).toEqual([
      expect.stringMatching(/rules\[1\] should come before rules\[0\], which holds wherever it does and has no "goOn"/),
    ])
    for (const lets of [{ goOn: true }, { dry: true }, { do: [{ transfer: { extensionId: '400101' } }] }]) {
      expect((await folder.load(file({ ...wide, ...lets }))).faults).toEqual([])
    }
  })

  it.each<[what: string, earlier: object, later: object]>([
    ['other queues', { queues: ['1'] }, { queues: ['1', '2'] }],
    ['fewer conditions', { queues: ['1'], ringingForS: 5 }, { queues: ['1'] }],
    ['a shorter ring', { queues: ['1'], ringingForS: 6 }, { queues: ['1'], ringingForS: 5 }],
    ['another list', { caller: ['list:a'] }, { caller: ['list:b'] }],
    ['the whole list', { caller: ['+14085550123'] }, { caller: ['list:a'] }],
    ['a shorter beginning', { caller: ['+1206*'] }, { caller: ['+1*'] }],
    ['a withheld number', { caller: ['+1*'] }, { caller: ['withheld'] }],
    ['an earlier hour', { times: [{ from: '08:00', to: '09:00' }] }, { times: [{ from: '07:00', to: '09:00' }] }],
    ['another day', { times: [{ days: ['mon'] }] }, { times: [{ days: ['mon', 'tue'] }] }],
  ])('not one that may have its turn: %s', async (_what, earlier, later) => {
    const file = { ...fileOf({ when: earlier }, { when: later }), timeZone: 'UTC' }
    const { faults } = await folder.load({ ...file, lists: { a: ['+14085550123'], b: ['+14085550123'] } })
    expect(faults).toEqual([])
  })

  it('a missing file, a folder, and one that is too large or no text', async () => {
    const faultsOf = async (name: string) => {
      const { book, faults } = await loadRuleBook(folder.pathOf(name))
      expect(book).toBeUndefined()
      return faults.map((fault) => fault.slice(folder.pathOf('/').length))
    }
    await mkdir(folder.pathOf('folder'))
    await folder.write('large.jsonc', ' '.repeat(10_000_000))
    await folder.write('utf16.jsonc', Buffer.from('\ufeff{ "rules": [] }', 'utf16le'))
    expect(await faultsOf('none.jsonc')).toEqual([
      'none.jsonc:1:1: the file of rules should be a file, but there is none',
    ])
    expect(await faultsOf('folder')).toEqual(['folder:1:1: the file of rules should be a file, but is a folder'])
    expect(await faultsOf('large.jsonc')).toEqual([
      'large.jsonc:1:1: the file of rules should have at most 1 MB, but has 10.0 MB',
    ])
    expect(await faultsOf('utf16.jsonc')).toEqual(['utf16.jsonc:1:1: the file of rules should be a text in UTF-8'])
  })

  it('everything at once, in the order in which it stands, and nothing of what it says', async () => {
    await folder.write('keys.csv', 'number\n+14085550123\nAda Winter\n')
    const { faults } = await folder.load(`{
      "timeZone": "Mars/Base",
      "lists": { "Ada's": { "file": "keys.csv" } },
      "rules": [
        { "name": "Ada", "when": { "callers": ["+14085550188"], "queues": ["Bea"] }, "do": [{ "reply": 7 }] },
        { "name": "Bea", "when": { "caller": ["list:Ada", "list:Ada's"], "times": [{ "from": "08:00", "to": "08:00" }] }, "do": [] },
        { "name": "Ada", "when": { "caller": ["list:Bea"] }, "do": [{ "forward": { "phoneNumber": "+14085550188", "x": 1 } }] },
      ],
      "Ada": true
    }`)
    expect(faults.map((fault) => fault.split(':').slice(0, 3).join(':'))).toEqual([
      'rules.jsonc:2:19',
      'rules.jsonc:5:36',
      'rules.jsonc:5:76',
      'rules.jsonc:5:104',
      'rules.jsonc:6:47',
      'rules.jsonc:6:84',
      'rules.jsonc:6:129',
      'rules.jsonc:7:19',
      'rules.jsonc:7:47',
      'rules.jsonc:7:115',
      'rules.jsonc:9:7',
      'keys.csv:3:1',
    ])
    expect(faults.join('\n')).not.toMatch(/Ada|Bea|\+14085550188/)
  })

  it('tells fifty faults, and how many more there are', async () => {
    const { faults } = await folder.load(fileWith({ caller: Array(80).fill('nobody') }))
    expect(faults).toHaveLength(51)
    expect(faults[50]).toMatch(/^rules\.jsonc:1:\d+: there are 30 more faults from here on$/)
  })
})

describe('a list beside the file', () => {
  const withList = { rules: [], lists: { keys: { file: 'keys.csv' } } }

  it('has its numbers in the first column, as spreadsheets write them', async () => {
    await folder.write(
      'keys.csv',
      '\ufeff"Number";Name\r\n+14085550123;Ada\r\n\r\n"+1 (408) 555-0124"; "Bo\r\nsecond line"\r\n+44 20 7946 0018\t5" pipes\r\n+1206*,x\r\n+14085550123',
    )
    const { lists, faults } = await folder.load(withList)
    expect(faults).toEqual([])
    expect(lists).toEqual([
      {
        name: 'keys',
        keys: new Set(['tel:+14085550123', 'tel:+14085550124', 'tel:+442079460018']),
        prefixes: ['+1206'],
      },
    ])
  })

  it.each<[what: string, csv: string | Uint8Array, faults: readonly string[]]>([
    ['nothing', '', ['1:1: the list should have at least one number: without any it never holds']],
    ['a heading alone', 'number\n', ['1:1: the list should have at least one number: without any it never holds']],
    [
      'a second heading',
      'number\nnumber\n',
      ['2:1: the first column should have a number in E.164 like +14085550123, or the beginning of one like +1206*'],
    ],
    [
      'a number without +',
      '14085550123\n',
      ['1:1: the first column should have a number in E.164 like +14085550123, or the beginning of one like +1206*'],
    ],
    [
      'a number too short',
      '+14085550123\n+1408555\n',
      ['2:1: the first column should be a possible number, but has a country code or a length that no number has'],
    ],
    ['no first column', '+14085550123\n\n,Ada\n', ['3:1: the first column should have a number']],
    [
      'an open quote',
      'number\n"+14085550123,Ada\n+14085550124,Bo\n',
      ['2:1: a quote should be closed before the line ends, and nothing should follow it in its field'],
    ],
    [
      'text behind a quote',
      '"+1408"5550123\n+14085550124\n',
      ['1:1: a quote should be closed before the line ends, and nothing should follow it in its field'],
    ],
    ['bytes that are no text', Uint8Array.of(0x2b, 0xff, 0xfe), ['1:1: the list should be a text in UTF-8']],
    ['10 MB', '+14085550123\n'.repeat(770_000), ['1:1: the list should have at most 8 MB, but has 10.0 MB']],
  ])('is refused with %s', async (_what, csv, faults) => {
    await folder.write('keys.csv', csv)
    const loaded = await folder.load(withList)
    expect(loaded.book).toBeUndefined()
    expect(loaded.faults).toEqual(faults.map((fault) => `keys.csv:${fault}`))
  })

  it('tells the first faults of a file that is something else', async () => {
    await folder.write('keys.csv', 'no number\n'.repeat(50_000))
    const { faults } = await folder.load(withList)
    expect(faults).toHaveLength(21)
    expect(faults[20]).toBe('keys.csv:22:1: the list has more faults from here on')
  })

  it('takes fifty thousand numbers', async () => {
    const numbers = Array.from({ length: 50_000 }, (_, index) => `+1408${2_000_000 + index}`)
    await folder.write('keys.csv', `number,name\n${numbers.map((number) => `${number},Somebody`).join('\n')}\n`)
    const { lists, faults } = await folder.load(withList)
    expect(faults).toEqual([])
    expect(lists[0]?.keys.size).toBe(50_000)
    expect(lists[0]?.keys.has('tel:+14082049999')).toBe(true)
  })
})

describe('whatever a file holds', () => {
  const word = fc.constantFrom(
    'name',
    'when',
    'do',
    'caller',
    'times',
    'lists',
    'rules',
    'forward',
    'alert',
    'to',
    'file',
    '__proto__',
    'withheld',
    'list:a',
    '+14085550123',
    '08:00',
    '400101',
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      word,
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(word, tie('value'), { maxKeys: 5 }),
    ),
  }))
  const text = fc.oneof(
    value.map((one) => JSON.stringify(one, undefined, 1)),
    fc
      .record({ rules: fc.array(fc.dictionary(word, value)), lists: fc.dictionary(word, value) })
      .map((one) => JSON.stringify(one)),
    fc.tuple(value, fc.nat(), fc.string()).map(([one, at, put]) => {
      const json = JSON.stringify(one)
      return json.slice(0, at % (json.length + 1)) + put + json.slice(at % (json.length + 1))
    }),
    fc.string({ unit: 'binary' }),
  )

  it('it compiles or has faults at places that it has', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const { book, faults } = await folder.load(content)
        expect(book === undefined).toBe(faults.length > 0)
        const lines = content.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
        for (const fault of faults) {
          const [, file, line, column, reason] = /^(.+?):(\d+):(\d+): (\S.*)$/.exec(fault) ?? []
          expect(reason).toBeDefined()
          if (file !== 'rules.jsonc') continue
          expect(Number(column)).toBeGreaterThanOrEqual(1)
          expect(Number(column)).toBeLessThanOrEqual((lines[Number(line) - 1]?.length ?? -1) + 1)
        }
      }),
      { numRuns: 300 },
    )
  })
})
