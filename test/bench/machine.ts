import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** What the figures were measured on, in one line; with the version of the browser if one was used. */
export function describeMachine(chromiumPath: string | undefined): string {
  const [cpu] = cpus()
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    ...(chromiumPath === undefined ? [] : [readVersion(chromiumPath)]),
  ].join(', ')
}

function readVersion(path: string): string {
  const stdout = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return stdout.trim()
}
