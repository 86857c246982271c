import { type Platform, startPlatform } from '../platform/platform.ts'
import { buildExtension } from '../support/browser/build.ts'
import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { type ExtensionBrowser, launchExtension } from '../support/browser/extension.ts'
import { type RelayProcess, startRelayProcess } from './relay-process.ts'
import type { Own } from './resources.ts'
import { signInAgent } from './sign-in-agent.ts'
import { createWorkFolder } from './work-folder.ts'

/** The extension as it ships, in a browser of its own, with the agent signed in at a relay of its own. */
export interface AgentScene {
  readonly executablePath: string
  /** For files of the benchmark. */
  readonly folder: string
  readonly platform: Platform
  readonly relay: RelayProcess
  readonly browser: ExtensionBrowser
}

export async function openAgentScene(own: Own, grantedSites: readonly string[] = []): Promise<AgentScene> {
  const executablePath = findOrInstallChromium(console.error)
  await buildExtension()
  const { path: folder } = own(await createWorkFolder())
  const platform = own(await startPlatform({ tidy: true }))
  const relay = own(await startRelayProcess(platform, folder))
  const browser = own(await launchExtension({ executablePath, isHeadless: true, grantedSites }))
  await signInAgent(browser, relay.url)
  return { executablePath, folder, platform, relay, browser }
}
