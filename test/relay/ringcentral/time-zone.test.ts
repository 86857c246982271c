import { beforeEach, describe, expect, it } from 'vitest'
import { type ApiRequest, RingCentralError, type ServiceClient } from '../../../relay/ringcentral/api.ts'
import { type AccountTimeZone, createAccountTimeZone } from '../../../relay/ringcentral/time-zone.ts'
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'

const ACCOUNT = '/restapi/v1.0/account/~'
const OWN = '/restapi/v1.0/account/~/extension/~'
const zoneOfThisMachine = new Intl.DateTimeFormat('en-US').resolvedOptions().timeZone

let clock: ManualClock
let answers: Record<string, unknown>
let asked: string[]
let collected: ReturnType<typeof createCollectedLogger>
let zone: AccountTimeZone

const region = (name: unknown) => ({ regionalSettings: { timezone: { name } } })

beforeEach(() => {
  clock = createManualClock()
  answers = {}
  asked = []
  collected = createCollectedLogger()
  const send = async ({ path }: ApiRequest): Promise<unknown> => {
    asked.push(path)
    const answer = answers[path]
    if (answer instanceof Error) throw answer
    return answer ?? {}
  }
  zone = createAccountTimeZone({ service: { send } as ServiceClient, clock, logger: collected.logger })
})

describe('the time zone of the account', () => {
  it('is the one of its regional settings, by its usual name', async () => {
    answers[ACCOUNT] = region('US/Pacific')
    expect(await zone.read()).toBe('America/Los_Angeles')
    expect(asked).toEqual([ACCOUNT])
  })

  it.each([
    ['tells none', {}],
    ['tells one that does not exist', region('Mars/Olympus')],
    ['tells something else', region(58)],
  ])("is that of the relay's user where the account %s", async (_what, answer) => {
    answers[ACCOUNT] = answer
    answers[OWN] = region('Europe/Berlin')
    expect(await zone.read()).toBe('Europe/Berlin')
  })

  it("is this machine's where RingCentral tells none, and that is said", async () => {
    expect(await zone.read()).toBe(zoneOfThisMachine)
    expect(collected.text()).toContain("RingCentral tells no time zone of the account: this machine's counts")
  })

  it('is asked for once a day, and by all who want it at once', async () => {
    answers[ACCOUNT] = region('Europe/Berlin')
    await Promise.all([zone.read(), zone.read()])
    clock.advance(DAY_MS - 1)
    await zone.read()
    expect(asked).toHaveLength(1)
    answers[ACCOUNT] = region('Asia/Kathmandu')
    clock.advance(1)
    expect(await zone.read()).toMatch(/^Asia\/Kat/)
  })

  it('stays the last that is known while RingCentral fails, and is asked for again a minute later', async () => {
    answers[ACCOUNT] = region('Europe/Berlin')
    await zone.read()
    answers[ACCOUNT] = new RingCentralError('down', { status: 503, codes: [], retryAfterMs: undefined })
    clock.advance(DAY_MS)
    expect(await zone.read()).toBe('Europe/Berlin')
    expect(collected.text()).toContain('The time zone of the account could not be read')
    await zone.read()
    expect(asked).toHaveLength(2)
    answers[ACCOUNT] = region('Europe/Paris')
    clock.advance(MINUTE_MS)
    expect(await zone.read()).toBe('Europe/Paris')
  })
})
