import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, sendMessage } from '../../lib/contract/messages.ts'
import { createPauses } from '../../lib/files/pauses.ts'
import { readContacts } from '../../lib/store/contacts.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import type { Contact } from '../../lib/store/schema.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { country } from '../../lib/wording/shown-country.ts'
import type { Feedback } from '../../ui/setup/feedback.ts'
import { nameStoringProblem } from '../name-storing-problem.ts'
import { type CsvLayout, guessLayout } from './import/columns.ts'
import { openCsv } from './import/csv-file.ts'
import { type CsvTable, readCsvTable } from './import/csv-table.ts'
import { decodeText, isBinary } from './import/decode-text.ts'
import type { ContactFile } from './import/draft.ts'
import { createImportPlan, type ImportOutcome } from './import/import-plan.ts'
import { isVcard, openVcard } from './import/vcard-file.ts'

/** A file of contacts on its way in: read, looked at, kept. Nothing is kept before the person has seen what it would be. */
export interface ImportModel {
  readonly step: ReadonlySignal<ImportStep>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  choose(file: File): Promise<void>
  /** The columns of a table mean something else than was guessed. */
  setLayout(layout: CsvLayout): Promise<void>
  /** Something else separates the cells of a table than was guessed. */
  setSeparator(separator: string): Promise<void>
  keep(): Promise<void>
  /** Also what is left of a file that is being kept. */
  cancel(): void
  /** The contacts that are there are others now: what the file would do is looked at again. */
  follow(): void
}

export type ImportStep =
  | { readonly kind: 'none' }
  /** `share`: how much of it is done, 0 to 1; `undefined` while it is too early to say. */
  | { readonly kind: 'reading'; readonly fileName: string; readonly share: number | undefined }
  | ImportPreview
  | { readonly kind: 'keeping'; readonly doneCount: number; readonly count: number }

export interface ImportPreview {
  readonly kind: 'preview'
  readonly fileName: string
  /** The table and what its columns are taken for; absent for cards, which say it themselves. */
  readonly csv: { readonly table: CsvTable; readonly layout: CsvLayout } | undefined
  readonly outcome: ImportOutcome
}

/** Contacts per message to the background. */
const BATCH_CONTACTS = 2000

export function createImportModel(store: () => Promise<ReadableStore> | undefined): ImportModel {
  const step = signal<ImportStep>({ kind: 'none' })
  const feedback = signal<Feedback>()
  /** Only the last file or layout that was chosen counts. */
  let turn = 0
  /** The contacts in the file that is being previewed. */
  let text = ''
  /** Looks at that file again. */
  let again = async () => {}

  function end(): void {
    turn++
    text = ''
    again = async () => {}
    step.value = { kind: 'none' }
  }

  function fail(problem: string): void {
    end()
    feedback.value = { kind: 'problem', text: problem }
  }

  /** Looks at what the file would do, with pauses in which the page lives on. */
  async function preview(fileName: string, file: ContactFile, csv: ImportPreview['csv']): Promise<void> {
    const mine = ++turn
    again = () => preview(fileName, file, csv)
    const opened = await store()
    if (mine !== turn) return
    if (opened === undefined) {
      fail(i18n.t('contacts.signedOutNow'))
      return
    }
    const existing: Contact[] = []
    for await (const piece of readContacts(opened)) existing.push(...piece)
    const plan = createImportPlan({ existing, country: country.value, newId: () => crypto.randomUUID() })
    const pauses = createPauses()
    for (let index = 0; index < file.count && mine === turn; index++) {
      plan.take(file.read(index))
      if (!pauses.isDue()) continue
      if (pauses.isLong()) step.value = { kind: 'reading', fileName, share: index / file.count }
      await pauses.pause()
    }
    if (mine !== turn) return
    const outcome = plan.outcome()
    const problems = [...outcome.problems, ...file.problems].sort((a, b) => a.line - b.line)
    step.value = { kind: 'preview', fileName, csv, outcome: { ...outcome, problems } }
  }

  async function keepAll(contacts: readonly Contact[]): Promise<void> {
    const mine = ++turn
    const count = contacts.length
    const format = (value: number) => formatCount(value, language())
    for (let doneCount = 0; doneCount < count; doneCount += BATCH_CONTACTS) {
      step.value = { kind: 'keeping', doneCount, count }
      const batch = contacts.slice(doneCount, doneCount + BATCH_CONTACTS)
      const problem =
        mine === turn
          ? await sendMessage('changeContacts', { kind: 'put', contacts: batch }).catch(interrupted)
          : 'signedOut'
      if (problem !== undefined) {
        fail(i18n.t('contacts.keptPartly', [format(doneCount), format(count), nameStoringProblem(problem)]))
        return
      }
    }
    end()
    feedback.value = { kind: 'done', text: i18n.t('contacts.kept', count, [format(count)]) }
  }

  return {
    step,
    feedback,
    choose: async (chosen) => {
      const { name } = chosen
      end()
      const mine = turn
      feedback.value = undefined
      step.value = { kind: 'reading', fileName: name, share: undefined }
      const bytes = await chosen.arrayBuffer().catch(() => undefined)
      if (mine !== turn) return
      if (bytes === undefined) {
        fail(i18n.t('contacts.unreadable', [name]))
        return
      }
      const content = new Uint8Array(bytes)
      if (isBinary(content)) {
        fail(i18n.t('contacts.empty', [name]))
        return
      }
      text = decodeText(content, country.value)
      const read = isVcard(text) ? { file: openVcard(text), csv: undefined } : openTable(text)
      if (read.file.count === 0 && read.file.problems.length === 0) fail(i18n.t('contacts.empty', [name]))
      else await preview(name, read.file, read.csv)
    },
    setLayout: async (layout) => {
      const shown = step.value
      if (shown.kind !== 'preview' || shown.csv === undefined) return
      const { table } = shown.csv
      step.value = { ...shown, csv: { table, layout } }
      await preview(shown.fileName, openCsv(table, layout), { table, layout })
    },
    setSeparator: async (separator) => {
      if (step.value.kind !== 'preview') return
      const { file, csv } = openTable(text, separator)
      await preview(step.value.fileName, file, csv)
    },
    keep: async () => {
      if (step.value.kind === 'preview') await keepAll(step.value.outcome.contacts)
    },
    cancel: end,
    follow: () => {
      if (step.value.kind === 'preview' || step.value.kind === 'reading') void again()
    },
  }
}

function openTable(text: string, separator?: string) {
  const table = readCsvTable(text, separator)
  const layout = guessLayout(table)
  return { file: openCsv(table, layout), csv: { table, layout } }
}
