import { parseArgs } from 'node:util'
import { ListenError } from './listen.ts'
import { type Platform, startPlatform } from './platform.ts'

/** Fixed, so that the settings lines stay true from one start to the next. */
const DEFAULT_PORT = 8790

class UsageError extends Error {}

await main()

async function main(): Promise<void> {
  let platform: Platform
  try {
    platform = await startPlatform(readOptions())
  } catch (error) {
    if (!(error instanceof ListenError || error instanceof UsageError)) throw error
    console.error(error.message)
    process.exitCode = 1
    return
  }
  console.log(describe(platform))
  const stop = () => void platform.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function describe({ url, credentials }: Platform): string {
  return `
A stand-in for RingCentral is running on this machine. Nothing leaves it.

  Address     ${url}
  Phone page  ${url}/phone

For the relay, in .env:

  RINGCENTRAL_SERVER_URL=${url}
  RINGCENTRAL_CLIENT_ID=${credentials.clientId}
  RINGCENTRAL_CLIENT_SECRET=${credentials.clientSecret}
  RINGCENTRAL_JWT=${credentials.jwt}

Ctrl-C ends it.
`
}

function readOptions(): { port: number; tidy: boolean; seed: number } {
  const values = parseOptions()
  return {
    port: wholeNumber('--port', values.port, DEFAULT_PORT, 65_535),
    tidy: values.tidy ?? false,
    seed: wholeNumber('--seed', values.seed, 1, 2 ** 32 - 1),
  }
}

function parseOptions() {
  try {
    return parseArgs({
      options: { port: { type: 'string' }, tidy: { type: 'boolean' }, seed: { type: 'string' } },
    }).values
  } catch {
    throw new UsageError('The options are --port N, --tidy and --seed N.')
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number, max: number): number {
  if (text === undefined) return fallback
  if (!/^\d+$/.test(text) || Number(text) > max) {
    throw new UsageError(`${name} should be a whole number from 0 to ${max}, but is ${text}.`)
  }
  return Number(text)
}
