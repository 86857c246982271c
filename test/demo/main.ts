import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { personByExtensionId, SUPERVISOR } from '../platform/people.ts'
import { buildExtension } from '../support/browser/build.ts'
import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { type ExtensionBrowser, launchExtension } from '../support/browser/extension.ts'
import { hasBoard, openBoard } from './board.ts'
import { prepare } from './prepare.ts'
import { playScene, takeBoardPicture } from './scene.ts'
import { type Services, startServices } from './services.ts'

/** The whole product on this machine: the stand-in RingCentral, the relay, a sample CRM, and a browser with the extension. */

const AGENT = personByExtensionId('400102')
/** What the relay does by itself with calls of an important customer. */
const RULES = fileURLToPath(new URL('rules.jsonc', import.meta.url))
const DEFAULT_PORT = 8787
/** Three ports in a row are needed. */
const LAST_FIRST_PORT = 65_533

const HOW_TO_GO_ON = `Place a call on the phone page and watch the CRM page; then open Ringside from the toolbar (the puzzle piece lists it).
A few seconds after a call with somebody of the CRM has ended, HubSpot has its record: look at the activity on the CRM page.
Let Ada Winter ring and watch the board: after 10 seconds a rule tells ${SUPERVISOR.name}, after 20 another sends her the call.
Ctrl-C ends everything.`

const running: { close(): Promise<void> }[] = []
let isEnding = false

async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  for (const part of running.reverse()) await part.close()
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())

// Not awaited here: what an interruption cuts short may never settle, and would be taken for a failure.
void run().catch(async (error: Error) => {
  const wasEnding = isEnding
  await end()
  // Whatever was under way when the person ended it has failed for that reason.
  if (wasEnding) return
  console.error(`\n${error.message}`)
  process.exitCode = 1
})

async function run(): Promise<void> {
  const { isOnce, firstPort, pictures } = readArguments()
  const hasDisplay = !isOnce && canShowWindows()
  const executablePath = findOrInstallChromium((line) => console.log(line))
  buildExtension((line) => console.log(line))
  const services = await startServices({
    firstPort,
    busy: { aside: [AGENT.extensionId, SUPERVISOR.extensionId] },
    // Rules are shown to who sees the whole account.
    settings: { RELAY_ROUTING_FILE: RULES, RELAY_SUPERVISORS: SUPERVISOR.extensionId },
  })
  running.push(services)
  const browser = await launchExtension({
    executablePath,
    isHeadless: !hasDisplay,
    grantedSites: ['http://localhost/*'],
  })
  running.push(browser)
  browser.context.once('close', () => void end())
  await prepare(browser, services, AGENT.name)
  const board = hasBoard() ? await openBoard(services, { executablePath, isHeadless: !hasDisplay }) : undefined
  if (board !== undefined) running.push(board.browser)
  console.log(describe(services, board !== undefined))
  if (hasDisplay) {
    await openWindows(browser, services)
    console.log(HOW_TO_GO_ON)
  } else {
    await playScene(browser, services, pictures, (line) => console.log(line))
    if (board !== undefined) await takeBoardPicture(board.page, pictures, (line) => console.log(line))
    if (isOnce) await end()
    else console.log('\nThe services stay up: open the phone page to place calls. Ctrl-C ends everything.')
  }
}

async function openWindows({ context }: ExtensionBrowser, { crmUrl, platform }: Services): Promise<void> {
  const [page = await context.newPage()] = context.pages()
  await page.goto(`${platform.url}/phone`)
  const crm = await context.newPage()
  await crm.goto(`${crmUrl}/contacts/ada-winter`)
}

function describe({ relayUrl, platform, crmUrl }: Services, withBoard: boolean): string {
  return [
    '',
    'Ringside is running on this machine, with stand-ins for RingCentral and HubSpot. Nothing leaves it.',
    '',
    `  CRM    ${crmUrl}/contacts/ada-winter`,
    `  Phone  ${platform.url}/phone`,
    `  Relay  ${relayUrl}`,
    `  Agent  ${AGENT.name}, signed in`,
    ...(withBoard ? [`  Board  of ${SUPERVISOR.name}, in a window of its own`] : []),
    `  Rules  ${RULES}`,
    '',
  ].join('\n')
}

function canShowWindows(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      pictures: { type: 'string', default: 'screenshots' },
    },
  })
  const firstPort = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(firstPort <= LAST_FIRST_PORT)) {
    throw new Error(`--port should be a port number up to ${LAST_FIRST_PORT}, but is "${values.port}".`)
  }
  return { isOnce: values.once, firstPort, pictures: values.pictures }
}
