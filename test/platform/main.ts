import { parseArgs } from 'node:util'
import { ListenError } from './listen.ts'
import { isPresetName, PRESET_NAMES, PRESETS, type PresetName } from './misbehaviour/presets.ts'
import { type Platform, type PlatformOptions, startPlatform } from './platform.ts'

/** Fixed, so that the settings lines stay true from one start to the next. */
const DEFAULT_PORT = 8790

class UsageError extends Error {}

await main()

async function main(): Promise<void> {
  let options: PlatformOptions
  let platform: Platform
  try {
    options = readOptions()
    platform = await startPlatform(options)
  } catch (error) {
    if (!(error instanceof ListenError || error instanceof UsageError)) throw error
    console.error(error.message)
    process.exitCode = 1
    return
  }
  const stop = () => void platform.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  console.log(describe(platform, options))
}

function describe({ url, credentials }: Platform, { misbehaviours = [] }: PlatformOptions): string {
  const faults = misbehaviours.map((name) => `\n  Misbehaves  ${PRESETS[name].title}`).join('')
  return `
A stand-in for RingCentral is running on this machine. Nothing leaves it.

  Address     ${url}
  Phone page  ${url}/phone${faults}

For the relay, in .env:

  RINGCENTRAL_SERVER_URL=${url}
  RINGCENTRAL_CLIENT_ID=${credentials.clientId}
  RINGCENTRAL_CLIENT_SECRET=${credentials.clientSecret}
  RINGCENTRAL_JWT=${credentials.jwt}

Ctrl-C ends it.
`
}

function readOptions(): PlatformOptions {
  const values = parseOptions()
  return {
    port: wholeNumber('--port', values.port, DEFAULT_PORT, 65_535),
    tidy: values.tidy ?? false,
    seed: wholeNumber('--seed', values.seed, 1, 2 ** 32 - 1),
    misbehaviours: (values.misbehave ?? []).map(readPresetName),
  }
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        tidy: { type: 'boolean' },
        seed: { type: 'string' },
        misbehave: { type: 'string', multiple: true },
      },
    }).values
  } catch {
    throw new UsageError('The options are --port N, --tidy, --seed N and --misbehave NAME.')
  }
}

function readPresetName(name: string): PresetName {
  if (isPresetName(name)) return name
  throw new UsageError(`--misbehave should be one of ${PRESET_NAMES.join(', ')}, but is ${name}.`)
}

function wholeNumber(name: string, text: string | undefined, fallback: number, max: number): number {
  if (text === undefined) return fallback
  if (!/^\d+$/.test(text) || Number(text) > max) {
    throw new UsageError(`${name} should be a whole number from 0 to ${max}, but is ${text}.`)
  }
  return Number(text)
}
