import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadExpected, RECORDED_NAMES, streamPath } from '../support/streams.ts'
import { parsePythonLiteral } from './python-literal.ts'
import { readStream } from './read-stream.ts'

const root = new URL('../..', import.meta.url).pathname
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-replay-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the command as a person would. */
async function replay(...args: readonly string[]): Promise<{ stdout: string; stderr: string; status: number }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['test/replay/main.ts', ...args], {
      cwd: root,
    })
    return { stdout, stderr, status: 0 }
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number }
    return { stdout, stderr, status: code }
  }
}

describe('the shipped streams', () => {
  it.each(RECORDED_NAMES)('%s gives the figures beside it', async (name) => {
    const { stdout, stderr } = await replay(streamPath(name), '--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual(loadExpected(name).report)
  })

  it('give them in any order', async () => {
    const { stdout } = await replay(streamPath('pstn-to-user'), '--json', '--shuffle', '7')
    expect(JSON.parse(stdout)).toEqual(loadExpected('pstn-to-user').report)
  })

  it('are shown to people as a table, with the events behind the figures of one of them', async () => {
    const { stdout } = await replay(streamPath('pstn-to-user'), '--me', '400102')
    expect(stdout).toContain('ring  7.345 s = Proceeding #7 → Answered #8')
    expect(stdout).toContain('ended by Bea Lindqvist (party -3)')
    expect(stdout).toMatch(/-3 +Inbound +Bea Lindqvist +0\.029 s +7\.345 s +12\.414 s +2\.393 s +– +– +22\.181 s/)
    expect(stdout).toContain('Extension 400102, call from Ada Winter: answered')
  })
})

const recordings = join(root, '../shared/csn-data')
const hasRecordings = existsSync(recordings)
if (!hasRecordings) console.warn(`skipped: the recorded calls are not at ${recordings}`)
describe('--why', () => {
  it('unfolds every figure into the events at both ends', async () => {
    const { stdout } = await replay(streamPath('pstn-to-user'), '--why')
    expect(stdout).toMatch(/two-way talk +12\.414 s = Answered #8 → Hold #9 \+ Answered #10 → Disconnected #11/)
    expect(stdout).toMatch(/caller waited +16\.061 s = Setup #2 → Answered #8/)
    expect(stdout).toMatch(/Party -1 \(Ada Winter\)\n +setup +0\.143 s = Setup #2 → Answered #4/)
    expect(stdout).toMatch(/Party -3 \(Bea Lindqvist\)[\s\S]+hold +2\.393 s = Hold #9 → Answered #10/)
  })

  it('says why a figure is an estimate', async () => {
    const lines = (await readFile(streamPath('pstn-to-user'), 'utf8')).split('\n')
    const file = join(folder, 'holes.jsonl')
    await writeFile(file, lines.filter((line) => !line.includes('"sequence":9,')).join('\n'))
    const { stdout } = await replay(file, '--why')
    expect(stdout).toContain('times are lower bounds: event 9 missing')
    expect(stdout).toMatch(/hold +0\.000 s \(an estimate: event 9 is missing\)/)
    const own = join(folder, 'own.jsonl')
    const mine = (await readFile(streamPath('user-to-user'), 'utf8')).split('\n')
    await writeFile(own, mine.filter((line) => line.includes('extension/400104/')).join('\n'))
    expect((await replay(own, '--why', '--partial')).stdout).toContain('an estimate: only the own party is visible')
  })
})

it('tells the journey that several sessions make, and who had the caller', async () => {
  const { stdout } = await replay(streamPath('attended-transfer'))
  expect(stdout).toMatch(
    /Journey of Ada Winter through 2 sessions, waited 27\.535 s\n +Bea Lindqvist +18\.672 s\n +Sam Okafor +37\.357 s/,
  )
})

describe.runIf(hasRecordings)('the recordings they were typed from, as Python literals', () => {
  it('give the same figures', async () => {
    const files = (await readdir(recordings)).map((file) => join(recordings, file))
    const { stdout } = await replay(...files, '--json')
    const figuresOf = ({ telephonySessionId: _, parties, ...figures }: (typeof expected)[number]) => ({
      ...figures,
      parties: parties.map(({ id: _id, extensionId: _extensionId, ...times }) => times),
    })
    const expected = RECORDED_NAMES.flatMap((name) => loadExpected(name).report.sessions)
    const sessions: typeof expected = JSON.parse(stdout).sessions
    const byDuration = (a: { durationMs: number | null }, b: { durationMs: number | null }) =>
      (a.durationMs ?? 0) - (b.durationMs ?? 0)
    expect(sessions.toSorted(byDuration).map(figuresOf)).toEqual(expected.toSorted(byDuration).map(figuresOf))
  })
})

describe('lines that cannot be read', () => {
  it('are named with their number and the reason, and stop nothing', async () => {
    const good = await readFile(streamPath('user-to-user'), 'utf8')
    const lines = [
      '{"uuid": "1",',
      "{'uuid': '1', 'body': False}",
      "{'uuid': 'never closed",
      '',
      '{"event": "/restapi/v1.0/subscription/~?threshold=1", "body": {}}',
      good,
    ]
    const file = join(folder, 'broken.jsonl')
    await writeFile(file, lines.join('\n'))
    const { stdout, stderr, status } = await replay(file, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ ...loadExpected('user-to-user').report, undecodable: 4 })
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/broken\.jsonl:1: .*JSON/),
      expect.stringMatching(/broken\.jsonl:2: body should be an object, but is a boolean/),
      expect.stringMatching(/broken\.jsonl:3: character \d+ should be a closing ', but is the end/),
      expect.stringMatching(/broken\.jsonl:5: a subscription's reminder, not a call/),
    ])
  })
})

describe('counting', () => {
  it('takes repetitions by uuid and by event for duplicates', async () => {
    const text = await readFile(streamPath('user-to-pstn'), 'utf8')
    const [first = ''] = text.split('\n')
    const sameEventOtherUuid = JSON.stringify({ ...JSON.parse(first), uuid: 'another' })
    const file = join(folder, 'repeated.jsonl')
    await writeFile(file, [text.trimEnd(), first, sameEventOtherUuid].join('\n'))
    const report = JSON.parse((await replay(file, '--json')).stdout)
    expect(report).toEqual({ ...loadExpected('user-to-pstn').report, events: 11, duplicates: 2 })
  })

  it('leaves open what has not ended, and claims a missing event only of a complete stream', async () => {
    const lines = (await readFile(streamPath('pstn-to-user'), 'utf8')).split('\n')
    const file = join(folder, 'cut.jsonl')
    await writeFile(file, lines.filter((_, index) => index !== 5 && index < 9).join('\n'))
    const [session] = JSON.parse((await replay(file, '--json')).stdout).sessions
    expect(session).toMatchObject({ durationMs: null, missingSequences: [7], twoWayTalkMs: 4600, holdMs: 2393 })
    expect(session.parties[2]).toMatchObject({ ended: false, totalMs: null, talkMs: 4600, holdMs: 2393 })
    const partial = JSON.parse((await replay(file, '--json', '--partial')).stdout)
    expect(partial.sessions[0].missingSequences).toEqual([])
  })
})

describe('one party in sight', () => {
  it('says that what takes others is not known, in every form', async () => {
    const own = (await readFile(streamPath('pstn-to-user'), 'utf8')).split('\n').filter((line) => line.includes('-3"'))
    const file = join(folder, 'own.jsonl')
    await writeFile(file, own.join('\n'))
    for (const options of [[], ['--partial']]) {
      const [session] = JSON.parse((await replay(file, '--json', ...options)).stdout).sessions
      expect(session).toMatchObject({ twoWayTalkMs: null, callerWaitMs: null, holdMs: 2393, durationMs: 22_181 })
      expect((await replay(file, ...options)).stdout).toContain(
        'two-way talk not known · on hold 2.393 s · caller waited not known',
      )
      expect((await replay(file, '--why', ...options)).stdout).toMatch(
        /two-way talk +not known\n.*\ncaller waited +not known\n/,
      )
    }
  })
})

describe('posting to a webhook', () => {
  it('sends the events as recorded, with the token', async () => {
    const received: { token: unknown; body: unknown }[] = []
    const server = createServer(async (request, response) => {
      const chunks = await request.toArray()
      received.push({
        token: request.headers['verification-token'],
        body: JSON.parse(Buffer.concat(chunks).toString()),
      })
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`
    const { stdout } = await replay(streamPath('user-to-user'), '--to', url, '--token', 'word')
    server.close()
    expect(stdout).toContain(`9 events posted to ${url}`)
    const sent = readStream(await readFile(streamPath('user-to-user'), 'utf8')).events.map(({ raw }) => raw)
    expect(received).toEqual(sent.map((body) => ({ token: 'word', body })))
  })

  it('says in a sentence when nobody answers', async () => {
    const { stderr, status } = await replay(streamPath('user-to-user'), '--to', 'http://127.0.0.1:9/webhook')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:9\/webhook does not answer: /)
  })
})

describe('arguments', () => {
  it.each([
    [[], 'name at least one file to read'],
    [['none.jsonl'], 'there is no file none.jsonl'],
    [['x', '--shuffle', 'often'], '--shuffle should be a whole number, but is "often"'],
    [['x', '--sideways'], "Unknown option '--sideways'"],
  ])('%j: %s', async (args, sentence) => {
    const { stderr, status } = await replay(...args)
    expect(status).toBe(1)
    expect(stderr).toContain(sentence)
  })
})

describe('Python literals', () => {
  it.each([
    ["{'a': True, 'b': None, 'c': [1, -2.5, 'x'],}", { a: true, b: null, c: [1, -2.5, 'x'] }],
    [`["it's", 'say "hi"', '\\n\\x41\\u00e9']`, ["it's", 'say "hi"', '\nAé']],
    ['(1, 2)', [1, 2]],
  ])('%s', (text, value) => {
    expect(parsePythonLiteral(text)).toEqual(value)
  })

  it.each(['', "{'a' 1}", '[1,,2]', "'\\x4", 'Maybe', "{'a': 1} x", '['.repeat(100), '{1: 2}'])(
    'refuses %s',
    (text) => {
      expect(() => parsePythonLiteral(text)).toThrow(/^character \d+ should be .+, but is .+/)
    },
  )
})
