import { parseArgs } from 'node:util'
import { isScenarioName, type ScenarioName } from '../platform/scenarios/scenarios.ts'
import { formatScenarios } from './list.ts'
import { startScenario } from './start-scenario.ts'

const USAGE = `Usage: npm run call -- SCENARIO [options]
  Plays a scenario of calls on a stand-in RingCentral that is running.

  --speed N   times as fast as in life, from 1 (default 1)
  --as EXT    the RingCentral extension id of who plays the part of Bea
  --to URL    the stand-in's address (default http://127.0.0.1:8790)`

/** Where `npm run platform` listens. */
const DEFAULT_ADDRESS = 'http://127.0.0.1:8790'

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { scenario, speed, as, to } = readArguments()
  if (scenario === undefined) return console.log(`${USAGE}\n\n${formatScenarios()}`)
  const { title, telephonySessionIds, isSubscribed } = await startScenario(to, { scenario, speed, as })
  console.log(`${title}.`)
  for (const telephonySessionId of telephonySessionIds) console.log(`  session ${telephonySessionId}`)
  console.log(
    isSubscribed ? `See it at ${to}/phone.` : 'No webhook is subscribed there, so nobody is told: start the relay.',
  )
}

interface Arguments {
  /** `undefined`: none was named. */
  readonly scenario: ScenarioName | undefined
  readonly speed: number
  readonly as: string | undefined
  /** Without a slash at the end. */
  readonly to: string
}

function readArguments(): Arguments {
  const { values, positionals } = parseOptions()
  const [scenario, ...more] = positionals
  if (more.length > 0) throw new Error(`Name one scenario, not ${positionals.length}.`)
  if (scenario !== undefined && !isScenarioName(scenario)) {
    throw new Error(`There is no scenario "${scenario}": npm run call without arguments lists them.`)
  }
  return { scenario, speed: readSpeed(values.speed), as: readExtensionId(values.as), to: readAddress(values.to) }
}

function parseOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        speed: { type: 'string', default: '1' },
        as: { type: 'string' },
        to: { type: 'string', default: DEFAULT_ADDRESS },
      },
    })
  } catch {
    throw new Error('The options are --speed N, --as EXT and --to URL.')
  }
}

function readSpeed(text: string): number {
  const speed = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(speed >= 1 && speed < Number.POSITIVE_INFINITY))
    throw new Error(`--speed should be a number from 1, but is ${text}.`)
  return speed
}

function readExtensionId(text: string | undefined): string | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) {
    throw new Error(`--as should be an extension id, which is a number, but is ${text}.`)
  }
  return text
}

function readAddress(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(`--to should be an address such as ${DEFAULT_ADDRESS}, but is ${text}.`)
  }
  return text.replace(/\/+$/, '')
}
