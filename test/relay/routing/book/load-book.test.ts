import { mkdir } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadRuleBook } from '../../../../relay/routing/book/load-book.ts'
import { useRulesFolder } from './folder.ts'
import { fileOf, fileWith } from './rule-files.ts'

const folder = useRulesFolder()

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
