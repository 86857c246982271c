import { join } from 'node:path'
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

export interface AgentSceneOptions {
  readonly grantedSites?: readonly string[]
  /** Makes of the build that ships, in a folder of its own, the extension that is loaded. */
  readonly copyBuild?: (folder: string) => Promise<void>
}

export async function openAgentScene(own: Own, options: AgentSceneOptions = {}): Promise<AgentScene> {
  const { grantedSites = [], copyBuild } = options
  const executablePath = findOrInstallChromium(console.error)
  await buildExtension()
  const { path: folder } = own(await createWorkFolder())
  const platform = own(await startPlatform({ tidy: true }))
  const relay = own(await startRelayProcess(platform, folder))
  const copy = copyBuild && { folder: join(folder, 'extension') }
  if (copy) await copyBuild(copy.folder)
  const browser = own(await launchExtension({ executablePath, isHeadless: true, grantedSites, ...copy }))
  await signInAgent(browser, relay.url)
  return { executablePath, folder, platform, relay, browser }
}
