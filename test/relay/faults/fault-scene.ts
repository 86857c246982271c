import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Platform, startPlatform } from '../../platform/platform.ts'
import { findFreePort } from '../../support/free-port.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts'
import { type SignedIn, signIn } from '../support/sign-in-flow.ts'
import { type Checker, startChecker } from './checker/start.ts'

/** A relay in its own process beside the stand-in RingCentral, two people signed in, and the independent checker. */
export interface FaultScene {
  readonly platform: Platform
  readonly relay: RelayProcess
  readonly dataFolder: string
  readonly checker: Checker
  readonly agent: SignedIn
  readonly supervisor: SignedIn
  /** What a delivery must carry. */
  secret(): string
  /** Starts the relay again, with its data, at the same address; with other settings where they are given. */
  start(path?: string, environment?: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

export interface FaultSceneOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Where the relay keeps its data; a fresh folder unless given. */
  readonly dataFolder?: string
}

/** A relay that is started fifty times a minute logs in as often. */
const MANY_REQUESTS = { Light: 10_000, Medium: 10_000, Heavy: 10_000, Auth: 10_000 }
const AGENT_ID = '400102'
const SUPERVISOR_ID = '400101'

export async function startFaultScene(options: FaultSceneOptions = {}): Promise<FaultScene> {
  const platform = await startPlatform({
    tidy: true,
    rateLimits: MANY_REQUESTS,
    blacklistAfterMs: Number.MAX_SAFE_INTEGER,
  })
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'ringside-fault-')))
  const processOptions = {
    platform,
    dataFolder,
    port: await findFreePort(),
    environment: { RELAY_SUPERVISORS: SUPERVISOR_ID, ...options.environment },
  }
  let relay = await startRelayProcess(processOptions)
  const agent = await signIn({ relay }, AGENT_ID)
  const supervisor = await signIn({ relay }, SUPERVISOR_ID)
  const checker = await startChecker()
  return {
    platform,
    get relay() {
      return relay
    },
    dataFolder,
    checker,
    agent,
    supervisor,
    secret: () => platform.subscriptions()[0]?.verificationToken ?? '',
    async start(path, environment) {
      const changed = { ...processOptions, environment: { ...processOptions.environment, ...environment } }
      relay = await startRelayProcess(changed, path)
    },
    async close() {
      await checker.close()
      await relay.end()
      await platform.close()
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true })
    },
  }
}

/** Lets the checker read as the agent and as the supervisor. */
export async function readAsBoth({ checker, relay, agent, supervisor }: FaultScene, url = relay.url): Promise<void> {
  const common = { url, origin: EXTENSION_ORIGIN }
  await checker.read({ ...common, token: supervisor.token, extensionId: supervisor.user.extensionId, seesAll: true })
  await checker.read({ ...common, token: agent.token, extensionId: agent.user.extensionId, seesAll: false })
}

/** What tells why a relay did not answer as it should: how it ended, if it did, and the last that it said. */
export async function lastWords({ ended, log }: RelayProcess): Promise<string> {
  const end = await Promise.race([ended, new Promise<string>((resolve) => setImmediate(resolve, 'not at all'))])
  return `The relay has ended with: ${end}. Its last lines:\n${log.slice(-20).join('\n')}`
}
