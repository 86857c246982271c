import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeSettings } from '../../relay/config.ts'
import { type Relay, startRelay } from '../../relay/relay.ts'
import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { type Crm, startCrm } from '../crm/crm.ts'
import type { HubSpotStandIn } from '../crm-stand-ins/hubspot.ts'
import { BUSY_NORTHWIND } from '../platform/busy/company.ts'
import { type Platform, startPlatform } from '../platform/platform.ts'
import { relayEnvironment } from '../support/relay-environment.ts'
import { startDemoHubSpot } from './hubspot.ts'

/** Everything that runs without a browser: stand-ins for RingCentral and HubSpot, the relay between them, the sample CRM. */
export interface Services {
  readonly platform: Platform
  readonly relayUrl: string
  /** By the name `localhost`, so that a grant for the CRM is none for the other pages of this machine. */
  readonly crmUrl: string
  readonly hubspot: HubSpotStandIn
  /** Stops the relay and leaves its data; `startRelay` brings it back at the same address, if asked with other settings. */
  stopRelay(): Promise<void>
  startRelay(changes?: RelaySettings): Promise<void>
  close(): Promise<void>
}

export interface ServicesOptions {
  /** The relay's port; the stand-in takes the next, the CRM the one after. 0: any that is free. */
  readonly firstPort: number
  readonly tidy?: boolean
  /** More settings of the relay. */
  readonly settings?: RelaySettings
  /** A company of thirty with calls of its own, in which these people do nothing by themselves: extension ids, and numbers of people outside. */
  readonly busy?: { readonly aside: readonly string[] }
  /** What the relay takes for its clock, if not the machine's. */
  readonly relayClock?: Clock
}

/** By the names of the environment. */
type RelaySettings = Readonly<Record<string, string>>

/** Starts them all. Throws one sentence when one cannot start, and leaves none running. */
export async function startServices({
  firstPort,
  tidy = false,
  settings = {},
  busy,
  relayClock,
}: ServicesOptions): Promise<Services> {
  const started: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const stop of started.reverse()) await stop()
  }
  try {
    const dataFolder = await mkdtemp(join(tmpdir(), 'ringside-relay-'))
    started.push(() => rm(dataFolder, { recursive: true, force: true }))
    const platform = await startPlatform({
      port: nextPort(firstPort, 1),
      tidy,
      ...(busy !== undefined && busyPlatform()),
    })
    started.push(() => platform.close())
    const { hubspot, callsOf } = await startDemoHubSpot()
    started.push(() => hubspot.close())
    const crm: Crm = await startCrm({ port: nextPort(firstPort, 2), callsOf })
    started.push(() => crm.close())
    const crmSettings = {
      RELAY_CRM: 'hubspot',
      RELAY_CRM_URL: hubspot.url,
      RELAY_CRM_KEY: hubspot.key,
      RELAY_CRM_WAIT_S: CRM_WAIT_S,
    }
    const start = (port: number, changes: RelaySettings = {}) =>
      startRelay(
        relaySettings(platform, {
          RELAY_PORT: String(port),
          RELAY_DATA_DIR: dataFolder,
          ...crmSettings,
          ...settings,
          ...changes,
        }),
        {
          publicUrl: (listeningUrl) => listeningUrl,
          ...(relayClock !== undefined && { clock: relayClock }),
        },
      )
    let relay: Relay | undefined = await start(firstPort)
    const relayUrl = relay.url
    const stopRelay = async () => {
      await relay?.close()
      relay = undefined
    }
    started.push(stopRelay)
    if (busy !== undefined) {
      await platform.subscribed()
      platform.beginBusyDay(busy)
      await platform.passTime(BUSY_BEFORE_MS)
    }
    return {
      platform,
      relayUrl,
      crmUrl: crm.url.replace('127.0.0.1', 'localhost'),
      hubspot,
      stopRelay,
      startRelay: async (changes) => {
        relay = await start(Number(new URL(relayUrl).port), changes)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Nobody who looks wants to wait for late events, and the stand-in sends none. */
const CRM_WAIT_S = '3'

/** So long the account has been busy before anybody looks; the relay takes a clock that is farther off for a wrong one. */
const BUSY_BEFORE_MS = 4 * MINUTE_MS

/** Begins that much earlier, and its time then passes at once. */
function busyPlatform() {
  return { company: BUSY_NORTHWIND, nowMs: () => Date.now() - BUSY_BEFORE_MS, isPacedByClock: true }
}

function nextPort(firstPort: number, step: number): number {
  return firstPort === 0 ? 0 : firstPort + step
}

function relaySettings(platform: Platform, more: RelaySettings) {
  const decoded = decodeSettings({
    ...relayEnvironment(platform),
    RELAY_LOG_LEVEL: 'error',
    ...more,
  })
  if (decoded.kind === 'faults') throw new Error(decoded.faults.join('\n'))
  return decoded.settings
}
