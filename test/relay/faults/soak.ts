import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** `npm run soak -- --minutes N`: mixes faults against the relay for so long and ends with the checker's verdict. */

const MAX_MINUTES = 24 * 60
const minutes = readMinutes()
if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
  console.error(`The only option is --minutes, which should be a number above 0 and up to ${MAX_MINUTES}.`)
  process.exitCode = 1
} else {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))
  const run = spawn(process.execPath, [vitest, 'run', '--project', 'node*', 'test/relay/faults/soak.test.ts'], {
    cwd: root,
    env: { ...process.env, SOAK_MINUTES: String(minutes) },
    stdio: 'inherit',
  })
  run.once('close', (code) => {
    process.exitCode = code ?? 1
  })
}

/** No number where the command line has anything else on it. */
function readMinutes(): number {
  try {
    return Number(parseArgs({ options: { minutes: { type: 'string', default: '5' } } }).values.minutes)
  } catch {
    return Number.NaN
  }
}
