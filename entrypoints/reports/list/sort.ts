import type { Column, Sort } from './columns.ts'

/** A sort key; `undefined`: there is no value. */
export type SortValue = string | number | undefined

/**
 * Sorts stably in the wanted order; items without a value come last either way. `language` (BCP 47) decides the order
 * of words.
 */
export function sortBy<T>(
  items: readonly T[],
  { by, isDescending }: Sort,
  valueIn: (item: T, column: Column) => SortValue,
  language: string,
): readonly T[] {
  const values = items.map((item) => valueIn(item, by))
  const ranks = rankWords(values, language)
  const sign = isDescending ? -1 : 1
  return items
    .map((item, index) => {
      const value = values[index]
      return { item, place: typeof value === 'string' ? ranks.get(value) : value }
    })
    .sort((a, b) => {
      if (a.place === undefined || b.place === undefined)
        return Number(a.place === undefined) - Number(b.place === undefined)
      return sign * (a.place - b.place)
    })
    .map(({ item }) => item)
}

/** The place of each word among all, the same for those that differ in case alone. Few words are in many calls: each is compared once. */
function rankWords(values: readonly SortValue[], language: string): ReadonlyMap<string, number> {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'accent' })
  const words = [...new Set(values.filter((value) => typeof value === 'string'))].sort(collator.compare)
  const ranks = new Map<string, number>()
  let rank = 0
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]
    if (before !== undefined && collator.compare(before, word) !== 0) rank = index
    ranks.set(word, rank)
  }
  return ranks
}
