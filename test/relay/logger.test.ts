import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLogOutput } from '../../relay/log-output.ts'
import { createLogger } from '../../relay/logger.ts'

let folder: string
let file: string
let fd: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-logger-'))
  file = join(folder, 'log')
  fd = openSync(file, 'w')
})
afterEach(() => {
  closeSync(fd)
  rmSync(folder, { recursive: true })
})

const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n')

it('writes JSON, a line each, with the time', () => {
  const logger = createLogger('info', openLogOutput({ fd, isTTY: false }))
  logger.info({ sessions: 3 }, 'Asked')
  logger.debug('Not this')
  expect(lines()).toHaveLength(1)
  expect(JSON.parse(lines()[0] ?? '')).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    sessions: 3,
    msg: 'Asked',
  })
})

it('writes words and colour for a person at a terminal', () => {
  createLogger('info', openLogOutput({ fd, isTTY: true })).info({ sessions: 3 }, 'Asked')
  expect(lines().join('\n')).toMatch(/INFO.*Asked/)
  expect(lines().join('\n')).toContain('\u001b[')
  expect(lines()[0]).not.toMatch(/^\{/)
})
