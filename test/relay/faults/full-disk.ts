import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaultScene } from './fault-scene.ts'

/** Full disks: a file system that is small, and a process that may not make its files longer. */

export const UNLIMITED = 'unlimited'

/** How large a file the process may write from now on. The system refuses what goes beyond, as it does on a full disk. */
export function limitFileSize(pid: number, bytes: number | typeof UNLIMITED): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:${UNLIMITED}`])
}

/** From now on no file of the relay's log can become longer than the longest of this kind is. */
export function fillDisk({ relay, dataFolder }: FaultScene, kind: 'events' | 'records' = 'events'): void {
  const folder = join(dataFolder, 'store', kind)
  limitFileSize(relay.pid, Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).size)))
}

export interface SmallDisk {
  readonly folder: string
  resize(size: string): void
  remove(): void
}

export function mountSmallDisk(size: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-small-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  return {
    folder,
    resize: (newSize) => {
      execFileSync('mount', ['-o', `remount,size=${newSize}`, folder])
    },
    remove() {
      // Also while a relay works on it.
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

export function canMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'ringside-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0
  if (isMounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return isMounted
}
