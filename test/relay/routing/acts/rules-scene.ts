import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuditEntry, listEntries } from '../../../../relay/audit/audit-entries.ts'
import { connectToRelay } from '../../../../relay/command-line/running-relay.ts'
import { SECOND_MS } from '../../../../shared/time.ts'
import type { LoggedRequest } from '../../../platform/api/request-log.ts'
import type { PlatformOptions } from '../../../platform/platform.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { type RelayFixture, startFixture } from '../../support/relay-fixture.ts'

export const [INES, BEA, NOOR, SAM] = ['400101', '400102', '400103', '400104'] as const
export const SALES = '400195'
export const SERVICE = '400109'

/** A relay with rules beside the stand-in, on one clock that the test moves. */
export interface RulesScene {
  readonly fixture: RelayFixture
  readonly platform: RelayFixture['platform']
  /** Lets so much time pass for both; resolves when what fell due has happened there. */
  pass(ms: number): Promise<void>
  /** What was done with a call, by the audit. */
  acts(telephonySessionId: string): Promise<readonly AuditEntry[]>
  /** The same, when as many as these are over; without those that the test has not asked for. */
  results(telephonySessionId: string, count: number): Promise<readonly AuditEntry[]>
  /** Requests for what rules do, in the order in which they were answered. */
  requests(): readonly LoggedRequest[]
  close(): Promise<void>
}

export interface RulesSceneOptions {
  readonly startMs?: number
  readonly platform?: PlatformOptions
}

/** A Thursday, 10 in the morning in Los Angeles. */
const START_MS = Date.parse('2026-01-08T18:00:00.000Z')
const ACTS = /\/(forward|transfer|reply|supervise)$/

/** `rules`: the object of a file, or the text of one. */
export async function startRulesScene(rules: object | string, options: RulesSceneOptions = {}): Promise<RulesScene> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-acts-'))
  const routingFile = join(folder, 'rules.jsonc')
  await writeFile(routingFile, typeof rules === 'string' ? rules : JSON.stringify(rules))
  const keyAccounts = new URL('../../../../docs/rules/key-accounts.csv', import.meta.url)
  await writeFile(join(folder, 'key-accounts.csv'), await readFile(keyAccounts))
  const startMs = options.startMs ?? START_MS
  const clock = createManualClock(startMs)
  const fixture = await startFixture({
    relay: { clock },
    settings: { routingFile, supervisors: [INES] },
    platform: { nowMs: () => startMs, isPacedByClock: true, ...options.platform },
  })
  const { platform, settings } = fixture
  // Whose leg is whose is known once the directory was read.
  await eventually(() => {
    if (!platform.requests().some(({ path }) => path.endsWith(`/call-queues/${SALES}/members`)))
      throw new Error('the directory was not read yet')
  })

  async function acts(telephonySessionId: string): Promise<readonly AuditEntry[]> {
    const relay = await connectToRelay(settings.dataFolder)
    const page = await relay?.audit({ sinceMs: 0 })
    const all = listEntries(page?.steps ?? [], clock.nowMs())
    return all.filter((entry) => entry.telephonySessionId === telephonySessionId)
  }

  return {
    fixture,
    platform,
    async pass(ms) {
      // A second at a time, so that neither clock is ahead of the other.
      for (let left = ms; left > 0; left -= SECOND_MS) {
        const stepMs = Math.min(left, SECOND_MS)
        await platform.passTime(stepMs)
        clock.advance(stepMs)
      }
    },
    acts,
    results: (telephonySessionId, count) =>
      eventually(async () => {
        const over = (await acts(telephonySessionId)).filter(({ outcome }) => outcome !== 'underWay')
        if (over.length < count) throw new Error(`${over.length} acts are over: ${JSON.stringify(over)}`)
        return over
      }),
    requests: () => platform.requests().filter(({ path }) => ACTS.test(path)),
    async close() {
      await fixture.close()
      await rm(folder, { recursive: true })
    },
  }
}
