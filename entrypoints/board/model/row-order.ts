import type { ExtensionState } from '../../../shared/live/types.ts'
import type { ExtensionRow } from '../feed/contract.ts'
import type { Column, Sort } from './columns.ts'

/** By how much a state needs somebody: who is kept waiting comes first, who has nothing to do last. */
const URGENCY: Readonly<Record<ExtensionState, number>> = {
  holding: 0,
  ringing: 1,
  talking: 2,
  dialling: 3,
  parked: 4,
  listening: 5,
  other: 6,
  wrapUp: 7,
  idle: 8,
}

/** What rows are put in order by, and how they are called, for words. */
export interface RowOrder {
  readonly sort: Sort
  readonly nameOf: (extensionId: string) => string
  readonly nameWith: (row: ExtensionRow) => string
  readonly nameQueue: (row: ExtensionRow) => string
  /** Whether today's figures of somebody are known. */
  readonly hasFigures: (row: ExtensionRow) => boolean
  /** Compares words of the reader's language. */
  readonly compareWords: (a: string, b: string) => number
}

/**
 * Orders rows as the person wants them. A hand that is up comes before everything else, whatever the order; what is equal goes by
 * name and id, so that nothing moves by itself.
 */
export function createRowCompare({
  sort,
  nameOf,
  nameWith,
  nameQueue,
  hasFigures,
  compareWords,
}: RowOrder): (a: ExtensionRow, b: ExtensionRow) => number {
  const sign = sort.isDescending ? -1 : 1
  const words: Readonly<Record<WordColumn, (row: ExtensionRow) => string>> = {
    who: ({ extensionId }) => nameOf(extensionId),
    with: nameWith,
    queue: nameQueue,
  }
  const byColumn = isWordColumn(sort.by)
    ? createWordCompare(words[sort.by], sign, compareWords)
    : sort.by === 'state'
      ? createStateCompare(sign)
      : createFigureCompare(sort.by, sign, hasFigures)
  return (a, b) =>
    compareHands(a, b) ||
    byColumn(a, b) ||
    compareWords(nameOf(a.extensionId), nameOf(b.extensionId)) ||
    (a.extensionId < b.extensionId ? -1 : a.extensionId > b.extensionId ? 1 : 0)
}

/** Columns that are ordered as words are. */
const WORD_COLUMNS = ['who', 'with', 'queue'] as const satisfies readonly Column[]
type WordColumn = (typeof WORD_COLUMNS)[number]

function isWordColumn(column: Column): column is WordColumn {
  return WORD_COLUMNS.some((word) => word === column)
}

/** The hand that has been up for longest first. */
function compareHands(a: ExtensionRow, b: ExtensionRow): number {
  if (a.handSinceMs === b.handSinceMs) return 0
  return (a.handSinceMs ?? Number.POSITIVE_INFINITY) - (b.handSinceMs ?? Number.POSITIVE_INFINITY)
}

/** Who has nobody there comes last, either way. */
function createWordCompare(
  wordOf: (row: ExtensionRow) => string,
  sign: number,
  compareWords: RowOrder['compareWords'],
): (a: ExtensionRow, b: ExtensionRow) => number {
  return (a, b) => {
    const [left, right] = [wordOf(a), wordOf(b)]
    if (left === '' || right === '') return Number(left === '') - Number(right === '')
    return sign * compareWords(left, right)
  }
}

function createStateCompare(sign: number): (a: ExtensionRow, b: ExtensionRow) => number {
  return (a, b) =>
    sign * (URGENCY[a.standing.state] - URGENCY[b.standing.state]) ||
    compareSince(a.standing.sinceMs, b.standing.sinceMs)
}

const FIGURES = { calls: 'calls', missed: 'missed', talk: 'talkMs', hold: 'holdMs' } as const satisfies Readonly<
  Record<Exclude<Column, WordColumn | 'state'>, keyof ExtensionRow['today']>
>

/** Of whom they are not known comes last, either way. */
function createFigureCompare(
  by: keyof typeof FIGURES,
  sign: number,
  hasFigures: RowOrder['hasFigures'],
): (a: ExtensionRow, b: ExtensionRow) => number {
  const figure = FIGURES[by]
  return (a, b) => {
    const [isLeftKnown, isRightKnown] = [hasFigures(a), hasFigures(b)]
    if (!isLeftKnown || !isRightKnown) return Number(isRightKnown) - Number(isLeftKnown)
    return sign * (a.today[figure] - b.today[figure])
  }
}

/** Longest first; of whom it is not known since when comes last. */
function compareSince(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}
