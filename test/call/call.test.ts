import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform/platform.ts'
import { SCENARIO_NAMES, SCENARIOS } from '../platform/scenarios/scenarios.ts'
import { logIn } from '../platform/test-client.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../platform/webhook-receiver.ts'
import { eventually } from '../support/eventually.ts'
import { findFreePort } from '../support/free-port.ts'

const root = new URL('../..', import.meta.url).pathname

let platform: Platform
let webhook: WebhookReceiver
beforeAll(async () => {
  platform = await startPlatform({ tidy: true })
  webhook = await startWebhookReceiver()
})
afterAll(async () => {
  await platform.close()
  await webhook.close()
})

/** Runs the command as a person would. */
async function call(...args: readonly string[]): Promise<{ stdout: string; stderr: string; status: number }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['test/call/main.ts', ...args], {
      cwd: root,
    })
    return { stdout, stderr, status: 0 }
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number }
    return { stdout, stderr, status: code }
  }
}

/** The sessions that the stand-in knows, newest first. */
async function readSessionIds(): Promise<string[]> {
  const { calls } = await (await fetch(`${platform.url}/phone/api/state`)).json()
  return calls.map(({ telephonySessionId }: { telephonySessionId: string }) => telephonySessionId)
}

describe('npm run call', () => {
  it('without arguments lists every scenario with what it shows', async () => {
    const { stdout, status } = await call()
    expect(status).toBe(0)
    for (const name of SCENARIO_NAMES) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${SCENARIOS[name].title.replaceAll(/[()*]/g, '\\$&')}$`, 'm'))
    }
  })

  it('starts a scenario, and says what it shows and which sessions it has', async () => {
    const { stdout, stderr } = await call('park-and-pick-up', '--speed', '1000', '--as', '400103', '--to', platform.url)
    expect(stderr).toBe('')
    const [title, first, second, end] = stdout.split('\n')
    expect(title).toBe('Noor parks Ada at *801; Sam picks up.')
    // The second begins when the first was parked.
    await eventually(async () =>
      expect([second, first]).toEqual((await readSessionIds()).map((id) => `  session ${id}`)),
    )
    expect(end).toBe('No webhook is subscribed there, so nobody is told: start the relay.')
  })

  it('says where to see it when somebody is told', async () => {
    await (await logIn(platform)).post('/restapi/v1.0/subscription', {
      eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
      deliveryMode: { transportType: 'WebHook', address: webhook.address },
    })
    const { stdout } = await call('failed', '--to', `${platform.url}/`)
    expect(stdout).toMatch(/^Bea dials a number that does not exist\.\n {2}session s-[0-9a-f]{32}\n/)
    expect(stdout).toContain(`See it at ${platform.url}/phone.`)
  })

  it('says in a sentence that no stand-in is running', async () => {
    const address = `http://127.0.0.1:${await findFreePort()}`
    expect(await call('busy', '--to', address)).toEqual({
      stdout: '',
      stderr: `No stand-in answers at ${address}: start one with npm run platform, or name its address with --to.\n`,
      status: 1,
    })
  })

  it('says in a sentence that something else is running there', async () => {
    expect(await call('busy', '--to', new URL(webhook.address).origin)).toMatchObject({
      stderr: `What answers at ${new URL(webhook.address).origin} is not a stand-in RingCentral.\n`,
      status: 1,
    })
  })

  it.each([
    [['unknown'], 'There is no scenario "unknown": npm run call without arguments lists them.'],
    [['busy', 'fax'], 'Name one scenario, not 2.'],
    [['busy', '--speed', '0.5'], '--speed should be a number from 1, but is 0.5.'],
    [['busy', '--speed', 'fast'], '--speed should be a number from 1, but is fast.'],
    [['busy', '--as', 'Sam'], '--as should be an extension id, which is a number, but is Sam.'],
    [['busy', '--to', 'here'], '--to should be an address such as http://127.0.0.1:8790, but is here.'],
    [['busy', '--loud'], 'The options are --speed N, --as EXT and --to URL.'],
  ])('%j: %s', async (args, sentence) => {
    expect(await call(...args)).toEqual({ stdout: '', stderr: `${sentence}\n`, status: 1 })
  })

  it('passes on what the stand-in refuses', async () => {
    expect(await call('busy', '--as', '400109', '--to', platform.url)).toMatchObject({
      stderr: "Whoever plays Bea's part should be the extension id of somebody at Northwind Bikes.\n",
      status: 1,
    })
  })
})
