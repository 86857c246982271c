import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { canInstallPackages, findProgram, installPackages } from './debian.ts'

/** A display that nobody sees, for the browser's own prompts: they cannot be answered where there is none. */
export interface VirtualDisplay {
  /** For `DISPLAY`. */
  readonly name: string
  /** Presses keys in the window that has the focus. */
  press(...keys: readonly string[]): void
  close(): Promise<void>
}

/** Whether such a display can be had here; installs Debian's packages where that is allowed. */
export function canOpenDisplay(): boolean {
  const isThere = () => ['Xvfb', 'xdotool'].every((name) => findProgram([name], process.env) !== undefined)
  if (isThere()) return true
  if (!canInstallPackages()) return false
  try {
    installPackages(['xvfb', 'xdotool'], process.env)
  } catch {
    return false
  }
  return isThere()
}

export async function openDisplay(): Promise<VirtualDisplay> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  // The server picks a free display and writes its number.
  const [number] = await once(server.stdio[3] as Readable, 'data')
  const name = `:${String(number).trim()}`
  return {
    name,
    press: (...keys) => void execFileSync('xdotool', ['key', ...keys], { env: { ...process.env, DISPLAY: name } }),
    close: async () => {
      const exited = once(server, 'exit')
      server.kill()
      await exited
    },
  }
}
