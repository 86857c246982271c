import { spawnSync } from 'node:child_process'

/** Keeps a process with all its threads on the first core that it may use; `false` where the system has no `taskset` to do so. */
export function pinToOneCore(pid: number): boolean {
  const { stdout } = spawnSync('taskset', ['-p', '-c', String(pid)], { encoding: 'utf8' })
  const core = readFirstCore(stdout ?? '')
  return core !== undefined && spawnSync('taskset', ['-a', '-p', '-c', core, String(pid)]).status === 0
}

/** Of what `taskset` says of a process: "pid 7's current affinity list: 0-3". */
export function readFirstCore(text: string): string | undefined {
  return /list: (\d+)/.exec(text)?.[1]
}
