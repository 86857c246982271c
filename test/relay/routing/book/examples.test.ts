import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printJsonSchema } from '../../../../relay/routing/book/json-schema.ts'
import { loadRuleBook } from '../../../../relay/routing/book/load-book.ts'
import { NORTHWIND } from '../../../platform/company.ts'
import { useRulesFolder } from './folder.ts'

/** What `docs/rules/` and `docs/RULES.md` promise, held against what is read and refused. */

const rules = useRulesFolder()
const root = new URL('../../../..', import.meta.url).pathname
const folder = `${root}docs/rules/`
const examples = readdirSync(folder).filter((name) => name.endsWith('.jsonc'))
const page = readFileSync(`${root}docs/RULES.md`, 'utf8')

describe('the examples', () => {
  it('are five, and the page names each', () => {
    expect(examples).toEqual([
      'after-hours.jsonc',
      'agent-assist.jsonc',
      'important-customers.jsonc',
      'long-wait.jsonc',
      'twice-missed.jsonc',
    ])
    for (const name of examples) expect(page).toContain(`(rules/${name})`)
  })

  it.each(examples)('%s is in order, and about people and queues of the stand-in', async (name) => {
    const { book, faults } = await loadRuleBook(folder + name)
    expect(faults).toEqual([])
    expect(book?.rules.length).toBeGreaterThan(0)
    const people = NORTHWIND.people.map(({ extensionId }) => extensionId)
    const queues = NORTHWIND.queues.map(({ extensionId }) => extensionId)
    for (const { when, acts, isDry } of book?.rules ?? []) {
      expect(isDry).toBe(false)
      expect(people).toEqual(expect.arrayContaining([...(when.extensionIds ?? [])]))
      expect(queues).toEqual(expect.arrayContaining([...(when.queueIds ?? [])]))
      for (const act of acts) {
        if ('to' in act && typeof act.to === 'object')
          expect([...people, ...queues]).toContain(Object.values(act.to)[0])
      }
    }
  })
})

it('the rules of the demo are in order, and leave the first call to whoever looks', async () => {
  const { book, faults } = await loadRuleBook(`${root}test/demo/rules.jsonc`)
  expect(faults).toEqual([])
  expect(book?.rules.map(({ goOn }) => goOn)).toEqual([true, false])
  expect(book?.rules.map(({ when }) => when.callsToday)).toEqual([2, 2])
})

it('docs/rules/schema.json is what the command prints', () => {
  expect(`${printJsonSchema()}\n`).toBe(readFileSync(`${folder}schema.json`, 'utf8'))
})

describe('docs/RULES.md', () => {
  const schema = JSON.parse(printJsonSchema())
  const rule = schema.properties.rules.items.properties
  const named = [...page.matchAll(/^\| `(\$?\w+)` \|/gm)].map(([, name = '']) => name)

  it('has every name of the file, of a rule, of the conditions and of the acts, and no other', () => {
    const names = [schema.properties, rule, rule.when.properties, rule.do.items.properties].flatMap(Object.keys)
    expect(new Set(named)).toEqual(new Set(names))
  })

  it('begins with an example that compiles once its list is there', async () => {
    const [, example = ''] = /^```jsonc\n(.*?)^```$/ms.exec(page) ?? []
    await rules.write('key-accounts.csv', '+14085550123')
    expect((await rules.load(example)).faults).toEqual([])
  })
})
