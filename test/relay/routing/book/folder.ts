import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type LoadedBook, loadRuleBook } from '../../../../relay/routing/book/load-book.ts'

/** A folder for a file of rules and its lists, new for each test of a file. */
export interface RulesFolder {
  pathOf(name: string): string
  write(name: string, content: string | Uint8Array): Promise<void>
  /** Writes it as `rules.jsonc` and reads that. Faults are told without the folder. */
  load(rules: string | object): Promise<LoadedBook>
}

export function useRulesFolder(): RulesFolder {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-rules-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const pathOf = (name: string) => join(folder, name)
  const write = (name: string, content: string | Uint8Array) => writeFile(pathOf(name), content)
  return {
    pathOf,
    write,
    async load(rules) {
      await write('rules.jsonc', typeof rules === 'string' ? rules : JSON.stringify(rules))
      const loaded = await loadRuleBook(pathOf('rules.jsonc'))
      return { ...loaded, faults: loaded.faults.map((fault) => fault.replace(`${folder}/`, '')) }
    },
  }
}
