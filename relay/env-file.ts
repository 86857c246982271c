import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

const FILE = '.env'

/**
 * Adds the settings of `.env` in the working folder, if there is one, to the environment; what is set there already stays. Ends the
 * process with a sentence where the file can't be read: what it says is not known then.
 */
export function loadEnvFile(): void {
  const text = readEnvFile()
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (!(name in process.env)) process.env[name] = value
  }
}

function readEnvFile(): string {
  try {
    return decodeEnvFile(readFileSync(FILE))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') return ''
    console.error(
      `${FILE} should be a file that the relay may read, but ${FAILURES[code] ?? `the system says ${code}`}.`,
    )
    process.exit(1)
  }
}

const FAILURES: Readonly<Record<string, string>> = { EISDIR: 'it is a folder', EACCES: 'it may not' }

/** Windows writes UTF-16 where PowerShell does, and a byte order mark before UTF-8, which would belong to the first name. */
export function decodeEnvFile(bytes: Uint8Array): string {
  const [first, second] = bytes
  const isBig = first === 0xfe && second === 0xff
  const isLittle = first === 0xff && second === 0xfe
  return new TextDecoder(isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8').decode(bytes)
}
