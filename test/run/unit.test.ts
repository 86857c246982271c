import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CLOSE_TIMEOUT_MS } from '../../relay/http/listening.ts'
import { SETTINGS } from '../../relay/setting-definitions.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { itWith } from '../support/it-with.ts'

/** The unit for systemd, and what the guide says of it. */

const root = new URL('../..', import.meta.url)
const unit = readFileSync(new URL('docs/run/ringside.service', root), 'utf8')
const guide = readFileSync(new URL('docs/run.md', root), 'utf8')

/** Every directive in its order, as `Section.Name` and its value. */
const directives = unit.split(/^\[/m).flatMap((part) => {
  const [section = '', ...lines] = part.split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [`${section.replace(']', '')}.${line.split('=')[0]}`, line.split('=').slice(1).join('=')] as const)
})
const readValue = (name: string) => directives.find(([one]) => one === name)?.[1] ?? ''

/** What systemd 252 knows (systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.resource-control(5)). */
const KNOWN: Readonly<Record<string, string>> = {
  Unit: 'Description Documentation Wants After StartLimitIntervalSec',
  Service: `Type ExecStart EnvironmentFile Environment WorkingDirectory Restart RestartSec TimeoutStopSec DynamicUser
    StateDirectory StateDirectoryMode UMask ProtectSystem ProtectHome PrivateTmp PrivateDevices LimitNOFILE MemoryHigh MemoryMax
    TasksMax NoNewPrivileges CapabilityBoundingSet AmbientCapabilities ProtectKernelTunables ProtectKernelModules
    ProtectKernelLogs ProtectControlGroups ProtectClock ProtectHostname ProtectProc RestrictAddressFamilies RestrictNamespaces
    RestrictRealtime RestrictSUIDSGID LockPersonality SystemCallArchitectures SystemCallFilter SystemCallErrorNumber`,
  Install: 'WantedBy',
}

const folder = mkdtempSync(join(tmpdir(), 'ringside-unit-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The unit with programs that this machine has in place of those that the guide lays down. */
function layDown(text = unit): string {
  const path = join(folder, 'ringside.service')
  writeFileSync(path, text.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
  return path
}

describe('ringside.service', () => {
  it('says nothing that systemd does not know', () => {
    const known = Object.entries(KNOWN).flatMap(([section, names]) =>
      names.split(/\s+/).map((name) => `${section}.${name}`),
    )
    expect(directives.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([])
  })

  it('runs what the guide lays down, where the guide puts it', () => {
    for (const path of readValue('Service.ExecStart').split(' ')) expect(guide).toContain(path)
    expect(guide).toContain(readValue('Service.EnvironmentFile'))
    expect(guide).toContain('docs/run/ringside.service')
  })

  it('sets the one folder that it may write to', () => {
    const state = `/var/lib/${readValue('Service.StateDirectory')}`
    expect(readValue('Service.Environment')).toContain(`${SETTINGS.dataFolder.name}=${state}`)
    expect(readValue('Service.WorkingDirectory')).toBe(state)
  })

  it('leaves the relay the time that it takes to stop', () => {
    expect(Number(readValue('Service.TimeoutStopSec')) * SECOND_MS).toBeGreaterThan(2 * CLOSE_TIMEOUT_MS)
  })

  itWith('systemd-analyze')('is taken by systemd, and a fault in it is not', () => {
    const verify = (path: string) => spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' })
    expect(verify(layDown()).stderr).toBe('')
    expect(verify(layDown(unit.replace('ProtectClock', 'ProtectClocks'))).stderr).toContain('ProtectClocks')
  })

  itWith('systemd-analyze')('is found to expose little', () => {
    const words = ['security', '--offline=true', '--threshold=20', layDown()]
    const { status, stdout } = spawnSync('systemd-analyze', words, { encoding: 'utf8' })
    expect(status, stdout).toBe(0)
  })
})
