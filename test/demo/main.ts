import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SECOND_MS } from '../../shared/time.ts'
import { personByExtensionId, SUPERVISOR } from '../platform/people.ts'
import { buildExtension } from '../support/browser/build.ts'
import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { launchExtension } from '../support/browser/extension.ts'
import { hasBoard, openBoard } from './board.ts'
import { givePast, prepare } from './prepare.ts'
import { playScene, takeBoardPicture } from './scene.ts'
import { type Services, startServices } from './services.ts'
import { playTour } from './tour.ts'
import { openWindows, putAside } from './windows.ts'

/** The whole product on this machine: the stand-in RingCentral, the relay, a sample CRM, and a browser with the extension. */

const AGENT = personByExtensionId('400102')
/** What the relay does by itself with calls of an important customer. */
const RULES = fileURLToPath(new URL('rules.jsonc', import.meta.url))
const DEFAULT_PORT = 8787
/** Three ports in a row are needed. */
const LAST_FIRST_PORT = 65_533

/** Long enough to look at both windows first. */
const FIRST_CALL_AFTER_MS = 3 * SECOND_MS
const ADA = '+14085550123'

const HOW_TO_GO_ON = `Ada Winter calls in a moment: take the call on the card, in the window of the CRM. Then place more on the phone page, or play one of the
recorded ones, and take it over on the card. Ringside's icon is in the toolbar, with three weeks of calls behind it.
A few seconds after a call with somebody of the CRM has ended, HubSpot has its record: look at the activity on the CRM page.
Let Ada Winter call a second time and leave her ringing: after 10 seconds a rule tells ${SUPERVISOR.name} on the board, after 20 another sends her the
call, and the card says so.
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
  await buildExtension((line) => console.log(line))
  const services = await startServices({
    firstPort,
    // Rules count how often Ada has called the company today: nobody but whoever looks has her call.
    busy: { aside: [AGENT.extensionId, SUPERVISOR.extensionId, ADA] },
    // Rules are shown to who sees the whole account.
    settings: { RELAY_ROUTING_FILE: RULES, RELAY_SUPERVISORS: SUPERVISOR.extensionId },
  })
  running.push(services)
  const browser = await launchExtension({
    executablePath,
    isHeadless: !hasDisplay,
    isShown: hasDisplay,
    grantedSites: ['http://localhost/*'],
  })
  running.push(browser)
  browser.context.once('close', () => void end())
  await givePast(browser, AGENT, (line) => console.log(line))
  await prepare(browser, services, AGENT.name)
  const board = hasBoard()
    ? await openBoard(services, { executablePath, isHeadless: !hasDisplay, isShown: hasDisplay })
    : undefined
  if (board !== undefined) running.push(board.browser)
  console.log(describe(services, board !== undefined))
  if (hasDisplay) {
    if (board !== undefined) await putAside(board.page)
    await openWindows(browser, services)
    console.log(HOW_TO_GO_ON)
    await setTimeout(FIRST_CALL_AFTER_MS)
    if (!isEnding) services.platform.placeCall({ from: ADA, to: AGENT.extensionId })
  } else {
    await playScene(browser, services, pictures, (line) => console.log(line))
    await playTour(browser, services, pictures, (line) => console.log(line))
    if (board !== undefined) await takeBoardPicture(board.page, pictures, (line) => console.log(line))
    if (isOnce) await end()
    else console.log('\nThe services stay up: open the phone page to place calls. Ctrl-C ends everything.')
  }
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
    ...(withBoard ? [`  Board  of ${SUPERVISOR.name}, in a window of its own, put aside`] : []),
    `  Rules  ${RULES}`,
    '',
  ].join('\n')
}

function canShowWindows(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function readArguments() {
  const values = parseOptions()
  const firstPort = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(firstPort <= LAST_FIRST_PORT)) {
    throw new Error(`--port should be a port number up to ${LAST_FIRST_PORT}, but is "${values.port}".`)
  }
  return { isOnce: values.once, firstPort, pictures: values.pictures }
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean', default: false },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        pictures: { type: 'string', default: 'screenshots' },
      },
    }).values
  } catch {
    throw new Error('The options are --once, --port N and --pictures FOLDER.')
  }
}
