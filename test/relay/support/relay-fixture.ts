import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeSettings, type Settings } from '../../../relay/config.ts'
import { type Relay, type RelayOptions, startRelay } from '../../../relay/relay.ts'
import { type Platform, type PlatformOptions, startPlatform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { createCollectedLogger } from './collected-logger.ts'

/** A relay beside a stand-in RingCentral, both on loopback, with a data folder of its own. */
export interface RelayFixture {
  readonly platform: Platform
  readonly relay: Relay
  readonly settings: Settings
  /** Everything the relay logged, as one text. */
  logText(): string
  /** Stops the relay and starts it again on the same folder; at the same address unless `settings` say otherwise. */
  restart(settings?: Partial<Settings>): Promise<RelayFixture>
  close(): Promise<void>
}

export interface FixtureOptions {
  readonly settings?: Partial<Settings>
  readonly relay?: RelayOptions
  readonly platform?: PlatformOptions
  /** Called before the relay starts. */
  readonly prepare?: (platform: Platform) => void
}

/** Starts both and waits until the subscription is active. */
export async function startFixture(options: FixtureOptions = {}): Promise<RelayFixture> {
  // More people sign in here within a minute than at any company.
  const platform = await startPlatform({ tidy: true, rateLimits: { Auth: 1000 }, ...options.platform })
  options.prepare?.(platform)
  const dataFolder = await mkdtemp(join(tmpdir(), 'ringside-relay-'))
  const settings = { ...settingsFor(platform, dataFolder), ...options.settings }
  return run(platform, settings, options.relay)
}

export function settingsFor(platform: Platform, dataFolder: string): Settings {
  const decoded = decodeSettings({ ...relayEnvironment(platform), RELAY_DATA_DIR: dataFolder, RELAY_PORT: '0' })
  if (decoded.kind === 'faults') throw new Error(decoded.faults.join(' '))
  return decoded.settings
}

async function run(platform: Platform, settings: Settings, relayOptions: RelayOptions = {}): Promise<RelayFixture> {
  const { logger, text } = createCollectedLogger()
  const relay = await startRelay(settings, { logger, publicUrl: (url) => url, ...relayOptions })
  await eventually(async () => {
    const { status } = await fetch(`${relay.url}/readyz`)
    if (status !== 200) throw new Error(`the relay is not ready: ${text()}`)
  })
  return {
    platform,
    relay,
    settings,
    logText: text,
    async restart(changes = {}) {
      await relay.close()
      return run(platform, { ...settings, port: Number(new URL(relay.url).port), ...changes }, relayOptions)
    },
    async close() {
      await relay.close()
      await platform.close()
      await rm(settings.dataFolder, { recursive: true })
    },
  }
}
