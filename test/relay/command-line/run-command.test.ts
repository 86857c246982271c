import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import { CLOSE_CODES } from '../../../shared/protocol/wire.ts'
import { type Platform, startPlatform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { findFreePort } from '../../support/free-port.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { askRelay } from '../control/relay-client.ts'
import { compileCache, RELAY, type RelayProcess, startRelayProcess } from '../support/relay-process.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/** The command line as an administrator uses it: a process of its own beside the relay, and without one. */

const BEA = '400102'
const SAM = '400104'

let platform: Platform
let dataFolder: string
let relay: RelayProcess | undefined
beforeAll(async () => {
  platform = await startPlatform({ tidy: true, rateLimits: { Auth: 1000 } })
})
afterAll(() => platform.close())
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'ringside-commands-'))
})
afterEach(async () => {
  await relay?.end()
  relay = undefined
  await rm(dataFolder, { recursive: true })
})

const environment = (): Record<string, string> => ({
  ...relayEnvironment(platform),
  RELAY_DATA_DIR: dataFolder,
  RELAY_SUPERVISORS: SAM,
})

async function start(): Promise<RelayProcess> {
  const port = await findFreePort()
  relay = await startRelayProcess({ platform, dataFolder, port, environment: { RELAY_SUPERVISORS: SAM } })
  return relay
}

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function command(
  words: readonly string[],
  env: Readonly<Record<string, string>> = environment(),
): Promise<Ended> {
  const child = spawn(RELAY.command, [...RELAY.words, ...words], {
    cwd: RELAY.folder,
    env: { PATH: process.env.PATH ?? '', ...compileCache(), ...env },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (piece) => {
    out += piece
  })
  child.stderr.on('data', (piece) => {
    err += piece
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\dZ`
const revocations = () => platform.requests().filter(({ path }) => path === '/restapi/oauth/revoke').length

describe('beside a running relay', () => {
  it('lists who is signed in, with names nowhere else', async () => {
    const { url, log } = await start()
    expect((await command(['users'])).out).toBe('Nobody is signed in.\n')
    for (const person of [SAM, BEA, BEA]) await signIn({ relay: { url } }, person)
    // All that is needed to reach it is its folder.
    const { code, out, err } = await command(['users'], { RELAY_DATA_DIR: dataFolder })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [head, ...rows] = out.trimEnd().split('\n')
    expect(head).toMatch(/^EXTENSION {2}ROLE +SINCE +LAST SEEN +DEVICES {2}NAME$/)
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(new RegExp(`^${BEA} +agent +${TIME}  ${TIME}  2 +Bea Lindqvist$`))
    expect(rows[1]).toMatch(new RegExp(`^${SAM} +supervisor +${TIME}  ${TIME}  1 +Sam Okafor$`))
    expect(log.join('\n')).not.toContain('Lindqvist')
  })

  it('signs a person out on every device, and nobody else', async () => {
    const { url, log } = await start()
    const at = { relay: { url } }
    const bea = await Promise.all([signIn(at, BEA), signIn(at, BEA)])
    const sam = await signIn(at, SAM)
    const streams = await Promise.all(
      [...bea, sam].map(async ({ token }) => {
        const stream = await openStream(url)
        stream.hello(token)
        await stream.welcome()
        return stream
      }),
    )
    const before = revocations()
    const answer = command(['revoke', BEA])
    const ends = await Promise.all(streams.slice(0, 2).map((stream) => stream.closed()))
    const { code, out } = await answer
    expect({ code, out }).toEqual({ code: 0, out: `${BEA} is signed out on 2 devices.\n` })
    expect(ends).toEqual([CLOSE_CODES.unauthorised, CLOSE_CODES.unauthorised])
    await eventually(() => expect(revocations()).toBe(before + 2))
    expect(streams[2]?.socket.readyState).toBe(streams[2]?.socket.OPEN)
    await streams[2]?.close()
    expect(log.some((line) => line.includes('The administrator signed somebody out'))).toBe(true)

    expect(await command(['revoke', BEA])).toEqual({
      code: 1,
      out: '',
      err: `Nobody with the extension id ${BEA} is signed in: users lists who is.\n`,
    })
  })

  it('reaches it through a socket for its own user only, which is gone with the relay', async () => {
    const { end } = await start()
    const path = join(dataFolder, 'commands.sock')
    const socket = await stat(path)
    expect(socket.isSocket()).toBe(true)
    expect(socket.mode & 0o777).toBe(0o600)
    await end('SIGTERM')
    expect(await readdir(dataFolder)).not.toContain('commands.sock')
  })

  it('reaches the next one after the first was killed', async () => {
    const first = await start()
    await first.end('SIGKILL')
    expect((await command(['users'])).out).toBe('Nobody is signed in.\n')
    const { url } = await start()
    await signIn({ relay: { url } }, SAM)
    expect((await command(['users'])).out).toContain('Sam Okafor')
  })
})

describe('the audit', () => {
  it('is a table, or JSON, beside a running relay and without one', async () => {
    const running = await start()
    expect((await command(['audit'])).out).toBe('Nothing was done with calls in that time.\n')
    const { token } = await signIn({ relay: running }, BEA)
    const to = { phoneNumber: '+14085550123' }
    const callOut = { deviceId: '400802', to: to.phoneNumber }
    await askRelay({ relay: running }, token, 'POST', ROUTES.calls, callOut)
    const { code, out, err } = await command(['audit', '--since', '30m'], { RELAY_DATA_DIR: dataFolder })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [head, row] = out.split('\n')
    expect(head).toMatch(/^TIME +WHO +WHAT +CALL +SESSION +RESULT$/)
    expect(row).toMatch(/^20.+Z {2}400102 Bea Lindqvist {2}call to \+14085550123 at device 400802 .+ done$/)
    const told = JSON.parse((await command(['audit', '--json'])).out)
    expect(told.acts).toMatchObject([{ by: { extensionId: BEA }, act: 'call', to, outcome: 'done' }])
    await running.end('SIGTERM')
    expect(JSON.parse((await command(['audit', '--since', '1d', '--json'])).out)).toEqual(told)
  })
})

describe('without a running relay', () => {
  it('opens the folder itself, and what it did holds at the next start', async () => {
    const first = await start()
    const bea = await signIn({ relay: first }, BEA)
    await first.end('SIGTERM')
    expect((await command(['users'])).out).toContain('Bea Lindqvist')
    const before = revocations()
    expect(await command(['revoke', BEA])).toEqual({ code: 0, out: `${BEA} is signed out on 1 device.\n`, err: '' })
    expect(revocations()).toBe(before + 1)
    const second = await start()
    const stream = await openStream(second.url)
    stream.hello(bea.token)
    expect(await stream.closed()).toBe(CLOSE_CODES.unauthorised)
  })

  it('says when RingCentral could not be told, and signs the person out all the same', async () => {
    const first = await start()
    await signIn({ relay: first }, BEA)
    await first.end('SIGTERM')
    const stop = platform.misbehave.answerRequests(/\/oauth\/revoke$/, { status: 503 })
    const { code, out, err } = await command(['revoke', BEA])
    stop()
    expect({ code, out }).toEqual({ code: 0, out: `${BEA} is signed out on 1 device.\n` })
    expect(err).toMatch(/^RingCentral could not be told of it: .+\.\n$/)
  })

  it('makes no folder where there is none', async () => {
    const missing = join(dataFolder, 'missing')
    expect(await command(['users'], { ...environment(), RELAY_DATA_DIR: missing })).toEqual({
      code: 1,
      out: '',
      err: `There is no data folder ${missing}: RELAY_DATA_DIR should be the folder of the relay.\n`,
    })
    expect(await readdir(dataFolder)).toEqual([])
  })

  it('leaves a folder alone that somebody holds who takes no commands', async () => {
    const folder = await openDataFolder(dataFolder)
    const { code, err } = await command(['revoke', BEA])
    await folder.close()
    expect({ code, err }).toEqual({
      code: 1,
      err: `The relay on ${dataFolder} takes no commands: wait until it has started, or stop it first.\n`,
    })
  })

  it('names the settings that it then needs', async () => {
    const { code, err } = await command(['users'], { RELAY_DATA_DIR: dataFolder })
    expect(code).toBe(1)
    expect(err).toContain('RINGCENTRAL_JWT is missing')
  })
})

const AUDIT = 'audit should be followed by --since and --json only: npm run relay -- audit --since 24h --json.'

describe('a command line', () => {
  it('with --help says what there is', async () => {
    const { code, out, err } = await command(['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const text of ['npm run relay', 'users', 'revoke ID', '--help', 'RELAY_DATA_DIR']) expect(out).toContain(text)
  })

  it.each<[words: readonly string[], sentence: string]>([
    [['list'], 'There is no command "list": it should be users, revoke ID, audit, crm, move --to X or --help.'],
    [['users', BEA], 'users should stand alone: npm run relay -- users.'],
    [['revoke'], 'revoke should be followed by one RingCentral extension id, a number that users lists.'],
    [['revoke', 'Bea'], 'revoke should be followed by one RingCentral extension id, a number that users lists.'],
    [['audit', '--since'], '--since should be followed by minutes, hours or days: 30m, 24h, 7d.'],
    [['audit', '--since', '1w'], '--since should be followed by minutes, hours or days: 30m, 24h, 7d.'],
    [['audit', BEA], AUDIT],
    [['revoke', BEA, SAM], 'revoke should be followed by one RingCentral extension id, a number that users lists.'],
  ])('%j is refused in a sentence', async (words, sentence) => {
    expect(await command(words)).toEqual({ code: 1, out: '', err: `${sentence}\n` })
  })
})
