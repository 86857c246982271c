import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../../relay/clock.ts'
import { createRuleBook, type KeptRuleBook } from '../../../../relay/routing/book/rule-book.ts'
import type { Clock } from '../../../../shared/clock.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { createCollectedLogger } from '../../support/collected-logger.ts'
import { useRulesFolder } from './folder.ts'

const folder = useRulesFolder()

const rulesNamed = (...names: readonly string[]) =>
  JSON.stringify({
    lists: { keys: { file: 'keys.csv' } },
    rules: names.map((name, index) => ({
      name,
      when: { caller: ['list:keys'], queues: [`${index}`] },
      do: [{ reply: 'x' }],
    })),
  })

const namesOf = (kept: KeptRuleBook) => kept.book()?.rules.map(({ name }) => name)

interface Scene {
  readonly kept: KeptRuleBook
  changes(): number
  logText(): string
}

async function withBook(clock: Clock, run: (scene: Scene) => Promise<void>): Promise<void> {
  const { logger, text } = createCollectedLogger()
  const kept = await createRuleBook({ file: folder.pathOf('rules.jsonc'), clock, logger })
  let changes = 0
  kept.onChanged(() => {
    changes += 1
  })
  try {
    await run({ kept, changes: () => changes, logText: text })
  } finally {
    kept.close()
  }
}

/** Looks again and again, a second later each time, until it is so. */
const inTime = (clock: ManualClock, check: () => void) =>
  eventually(
    () => {
      clock.advance(1000)
      check()
    },
    { intervalMs: 5 },
  )

describe('a kept file of rules', () => {
  it('is read at the start, and again when it or its list changes', async () => {
    const clock = createManualClock()
    await folder.write('keys.csv', '+14085550123\n')
    await folder.write('rules.jsonc', rulesNamed('A'))
    await withBook(clock, async ({ kept, changes }) => {
      expect(namesOf(kept)).toEqual(['A'])
      expect(kept.readAtMs).toBe(clock.nowMs())
      await folder.write('rules.jsonc', rulesNamed('A', 'B'))
      await inTime(clock, () => expect(namesOf(kept)).toEqual(['A', 'B']))
      expect(changes()).toBe(1)

      await folder.write('keys.csv', '+14085550123\n+14085550124\n')
      await inTime(clock, () => expect(changes()).toBe(2))
      const [pattern] = kept.book()?.rules[0]?.when.caller ?? []
      expect(pattern).toMatchObject({ list: { keys: new Set(['tel:+14085550123', 'tel:+14085550124']) } })
    })
  })

  it('is noticed by the system, with no clock that says so', async () => {
    // The timer of the looks now and then never comes.
    const clock: Clock = {
      ...systemClock,
      after: (delayMs, action) => (delayMs > 1000 ? () => undefined : systemClock.after(delayMs, action)),
    }
    await folder.write('keys.csv', '+14085550123\n')
    await folder.write('rules.jsonc', rulesNamed('A'))
    await withBook(clock, async ({ kept }) => {
      // As editors do: a new file in the place of the old one.
      await folder.write('rules.jsonc~', rulesNamed('B'))
      await rename(folder.pathOf('rules.jsonc~'), folder.pathOf('rules.jsonc'))
      await eventually(() => expect(namesOf(kept)).toEqual(['B']))
    })
  })

  it('keeps the rules of before while it has a fault, and says so once', async () => {
    const clock = createManualClock()
    await folder.write('keys.csv', '+14085550123\n')
    await folder.write('rules.jsonc', rulesNamed('A'))
    await withBook(clock, async ({ kept, changes, logText }) => {
      const readAtMs = kept.readAtMs
      await folder.write('keys.csv', '+14085550123\n+14085550\n')
      await inTime(clock, () => expect(kept.faults).toHaveLength(1))
      expect(kept.faults[0]).toMatch(/keys\.csv:2:1: the first column should be a possible number/)
      expect(namesOf(kept)).toEqual(['A'])
      expect(kept.readAtMs).toBe(readAtMs)
      expect(changes()).toBe(1)
      expect(logText()).toContain('"msg":"The file of rules has faults: the rules of before stay in force"')
      expect(logText()).toContain('keys.csv:2:1: the first column')
      expect(logText()).not.toContain('4085550')

      await folder.write('keys.csv', '+14085550124\n+14085551\n')
      // The same fault again is no news; that the file is gone is.
      await rm(folder.pathOf('rules.jsonc'))
      await inTime(clock, () => expect(kept.faults[0]).toMatch(/rules\.jsonc:1:1: .* but there is none/))
      expect(namesOf(kept)).toEqual(['A'])

      await folder.write('keys.csv', '+14085550123\n')
      await folder.write('rules.jsonc', rulesNamed('C'))
      await inTime(clock, () => expect(namesOf(kept)).toEqual(['C']))
      expect(kept.faults).toEqual([])
      expect(logText()).toContain('"msg":"The rules were read"')
    })
  })

  it('has no rules after a start with a fault, until that is mended', async () => {
    const clock = createManualClock()
    await withBook(clock, async ({ kept, logText }) => {
      expect(kept.book()).toBeUndefined()
      expect(kept.readAtMs).toBeUndefined()
      expect(kept.faults).toEqual([expect.stringMatching(/rules\.jsonc:1:1: .* but there is none$/)])
      expect(logText()).toContain('"level":40')
      expect(logText()).toContain('"msg":"The file of rules has faults: no rule is in force"')
      await folder.write('keys.csv', '+14085550123\n')
      await folder.write('rules.jsonc', rulesNamed('A'))
      await inTime(clock, () => expect(namesOf(kept)).toEqual(['A']))
    })
  })

  it('is not read while it is being written', async () => {
    const clock = createManualClock()
    const { logger } = createCollectedLogger()
    await folder.write('keys.csv', '+14085550123\n')
    await folder.write('rules.jsonc', rulesNamed('A'))
    const file = folder.pathOf('rules.jsonc')
    const kept = await createRuleBook({ file, clock, logger, watchFolder: () => () => undefined })
    let changes = 0
    kept.onChanged(() => {
      changes += 1
    })
    const SOON_MS = 300
    clock.advance(SOON_MS)
    const text = rulesNamed('B')
    for (const length of [5, 20, 50, text.length]) {
      await folder.write('rules.jsonc', text.slice(0, length))
      clock.advance(clock.waits()[0] ?? 0)
      // It was looked at, and is looked at again.
      await eventually(() => expect(clock.waits()[0]).toBe(SOON_MS), { intervalMs: 5 })
      expect([changes, namesOf(kept), kept.faults]).toEqual([0, ['A'], []])
    }
    clock.advance(SOON_MS)
    await eventually(() => expect(namesOf(kept)).toEqual(['B']), { intervalMs: 5 })
    expect(kept.faults).toEqual([])
    expect(changes).toBe(1)
    kept.close()
    expect(clock.waits()).toEqual([])
  })

  it('may be a link that is led elsewhere, as Kubernetes does with what it mounts', async () => {
    const clock = createManualClock()
    for (const name of ['A', 'B']) {
      await mkdir(folder.pathOf(name))
      await folder.write(`${name}/rules.jsonc`, rulesNamed(name))
      await folder.write(`${name}/keys.csv`, '+14085550123\n')
    }
    const lead = async (to: string) => {
      await symlink(to, folder.pathOf('next'))
      await rename(folder.pathOf('next'), folder.pathOf('data'))
    }
    await lead('A')
    for (const name of ['rules.jsonc', 'keys.csv']) await symlink(`data/${name}`, folder.pathOf(name))
    await withBook(clock, async ({ kept, changes }) => {
      expect(namesOf(kept)).toEqual(['A'])
      await lead('B')
      await inTime(clock, () => expect(namesOf(kept)).toEqual(['B']))
      expect(changes()).toBe(1)
    })
  })

  it('is looked for where the folder was put in the place of another', async () => {
    const clock = createManualClock()
    await folder.write('keys.csv', '+14085550123\n')
    await folder.write('rules.jsonc', rulesNamed('A'))
    await withBook(clock, async ({ kept }) => {
      const path = folder.pathOf('')
      await rename(path, `${path.replace(/\/$/, '')}-before`)
      await mkdir(path)
      await folder.write('keys.csv', '+14085550123\n')
      await folder.write('rules.jsonc', rulesNamed('B'))
      await inTime(clock, () => expect(namesOf(kept)).toEqual(['B']))
      await rm(`${path.replace(/\/$/, '')}-before`, { recursive: true })
    })
  })
})
