import { type Column, createColumn } from './column.ts'

/** For each extension, by its number, the events of a segment that are its own or follow one in the same session. */
export interface OwnedLists {
  readonly count: number
  add(extension: number, event: number): void
  of(extension: number): Uint32Array
  /** Where each list ends in all of them, one after the other, and all of them. */
  pack(): { readonly ends: Uint32Array; readonly values: Uint32Array }
}

const NONE = new Uint32Array()

export function createOwnedLists(): OwnedLists {
  const lists: Column[] = []
  return {
    get count() {
      return lists.length
    },
    add(extension, event) {
      while (lists.length <= extension) lists.push(createColumn())
      lists[extension]?.push(event)
    },
    of: (extension) => lists[extension]?.values() ?? NONE,
    pack() {
      const ends = new Uint32Array(lists.length)
      const values = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0))
      let end = 0
      for (const [extension, list] of lists.entries()) {
        values.set(list.values(), end)
        end += list.length
        ends[extension] = end
      }
      return { ends, values }
    },
  }
}

/** The lists of a segment that is not written any more, as they were packed: a company has hundreds of extensions a segment. */
export function openOwnedLists(ends: Uint32Array, values: Uint32Array): OwnedLists {
  return {
    count: ends.length,
    add() {
      throw new Error('A sealed segment takes no more events.')
    },
    of: (extension) => (extension < ends.length ? values.subarray(ends[extension - 1] ?? 0, ends[extension]) : NONE),
    pack: () => ({ ends, values }),
  }
}
