import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import type { NumberList } from '../../../shared/rules/rule.ts'
import { type Complain, type Fault, START } from '../../json-file/fault.ts'
import type { ParsedJsonc } from '../../json-file/parse-jsonc.ts'
import { readText } from '../../json-file/read-text.ts'
import type { Lists } from './compile-rule.ts'
import { readFirstColumn } from './csv-column.ts'
import { createNumberList, type GrowingList, NO_NUMBER } from './number-list.ts'
import { list as listSchema } from './rule-file.ts'

export interface LoadedLists {
  /** One with faults has only what is right in it. */
  readonly lists: Lists
  readonly faults: readonly Fault[]
  /** See `ReadText`, by path. */
  readonly prints: ReadonlyMap<string, string>
}

/** `written`: what stands under "lists"; what the schema refuses of it has no fault here. */
export async function loadLists(file: string, parsed: ParsedJsonc, written: unknown): Promise<LoadedLists> {
  const lists = new Map<string, NumberList>()
  const faults: Fault[] = []
  const prints = new Map<string, string>()
  const complainOf =
    (path: string): Complain =>
    (place, reason) =>
      faults.push({ file: path, ...place, reason })
  for (const [name, value] of Object.entries(v.is(byName, written) ? written : {})) {
    const numbers = createNumberList(name)
    const read = v.safeParse(listSchema, value)
    if (read.success && !Array.isArray(read.output)) {
      const path = join(dirname(file), read.output.file)
      prints.set(path, await readCsv(path, numbers, complainOf(path)))
    } else if (read.success) {
      for (const [index, text] of read.output.entries()) {
        if (!numbers.add(text))
          complainOf(file)(parsed.placeOf(['lists', name, index]), `an entry of a list ${NO_NUMBER}`)
      }
    }
    lists.set(name, numbers.complete())
  }
  return { lists, faults, prints }
}

const byName = v.record(v.string(), v.unknown())

/** Some hundred thousand numbers with names beside them. */
const MAX_BYTES = 8_000_000
/** After so many lines the relay does what else there is to do. */
const LINES_AT_ONCE = 2000
/** A file of another kind has a fault in every line. */
const MAX_FAULTS = 20

/** Fills a list with the first column of a CSV file; that file's print. */
async function readCsv(path: string, numbers: GrowingList, complain: Complain): Promise<string> {
  const found = await readText(path, MAX_BYTES)
  if ('refusal' in found) {
    complain(START, `the list ${found.refusal}`)
    return found.print
  }
  let records = 0
  let faults = 0
  for (const { line, text } of readFirstColumn(found.text)) {
    records += 1
    if (records % LINES_AT_ONCE === 0) await setImmediate()
    const isHeader = records === 1 && text !== undefined && /^\p{L}/u.test(text)
    const fault = isHeader ? undefined : fill(numbers, text)
    if (fault === undefined) continue
    if (faults === MAX_FAULTS) {
      complain({ line, column: 1 }, 'the list has more faults from here on')
      return found.print
    }
    faults += 1
    complain({ line, column: 1 }, fault)
  }
  if (faults === 0 && numbers.size === 0)
    complain(START, 'the list should have at least one number: without any it never holds')
  return found.print
}

/** What is wrong with the first field of a line; `undefined` when it is a number. */
function fill(numbers: GrowingList, text: string | undefined): string | undefined {
  if (text === undefined)
    return 'a quote should be closed before the line ends, and nothing should follow it in its field'
  if (text === '') return 'the first column should have a number'
  if (!text.startsWith('+')) return `the first column should have ${E164}`
  // Tables for people have them in groups: +1 (408) 555-0123.
  return numbers.add(text.replaceAll(/[\s\p{Pd}()./]/gu, '')) ? undefined : `the first column ${NO_NUMBER}`
}

const E164 = 'a number in E.164 like +14085550123, or the beginning of one like +1206*'
