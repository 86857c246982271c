import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runRoutingCommand } from '../../../relay/command-line/routing-command.ts'
import { useRulesFolder } from '../routing/book/folder.ts'

const folder = useRulesFolder()

async function command(...words: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runRoutingCommand(
    words,
    {},
    { print: (line) => out.push(line), complain: (line) => err.push(line) },
  )
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('npm run routing', () => {
  it('check: says that a file is in order', async () => {
    await folder.write('keys.csv', 'number\n+14085550123\n+1206*\n')
    const rule = { when: { caller: ['list:keys'] }, do: [{ reply: 'x' }] }
    await folder.write(
      'rules.jsonc',
      JSON.stringify({
        lists: { keys: { file: 'keys.csv' } },
        rules: [
          { name: 'A', dry: true, ...rule },
          { name: 'B', ...rule },
        ],
      }),
    )
    const file = folder.pathOf('rules.jsonc')
    expect(await command('check', file)).toEqual({
      code: 0,
      out: `${file} is in order: 2 rules, 1 of them dry; numbers in lists: keys (2).`,
      err: '',
    })
  })

  it('check: says what is wrong, line by line', async () => {
    await folder.write('rules.jsonc', '{ "rules": [],\n  "timezone": "UTC",\n  "lists": 7 }')
    const file = folder.pathOf('rules.jsonc')
    expect(await command('check', file)).toEqual({
      code: 1,
      out: '',
      err: `${file}:2:3: a name in the file is not known: it should be one of $schema, timeZone, lists, rules\n${file}:3:12: lists should be an object of lists by name`,
    })
  })

  it('schema: prints a JSON Schema', async () => {
    const { code, out } = await command('schema')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
    })
  })

  it.each([
    [['--help'], 0, /check FILE.*schema.*--help/s],
    [[], 0, /check FILE/],
    [['check'], 1, /check should be followed by one file/],
    [['check', 'a', 'b'], 1, /check should be followed by one file/],
    [['schema', 'x'], 1, /schema should stand alone/],
    [['chek'], 1, /^There is no command "chek": it should be check FILE, try FILE, schema or --help\.$/],
  ])('%j', async (words, code, says) => {
    const answer = await command(...words)
    expect(answer.code).toBe(code)
    expect(code === 0 ? answer.out : answer.err).toMatch(says)
  })

  it('ends its process with the code', async () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    const child = spawn(process.execPath, ['relay/routing-main.ts', 'check', folder.pathOf('none')], { cwd: root })
    let err = ''
    child.stderr.on('data', (piece) => {
      err += piece
    })
    const [code] = await once(child, 'close')
    expect([code, err]).toEqual([
      1,
      `${folder.pathOf('none')}:1:1: the file of rules should be a file, but there is none\n`,
    ])
  })
})
