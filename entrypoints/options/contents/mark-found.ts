import { findWords } from './search.ts'

/** As `::highlight()` knows it. */
const NAME = 'found'

/** Marks the words that were looked for where they stand, without changing the page; none for an empty query. */
export function markFound(root: Element, query: string): void {
  CSS.highlights.delete(NAME)
  if (query.trim() === '') return
  const ranges: Range[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    for (const [start, end] of findWords(node.textContent ?? '', query)) {
      const range = new Range()
      range.setStart(node, start)
      range.setEnd(node, end)
      ranges.push(range)
    }
  }
  CSS.highlights.set(NAME, new Highlight(...ranges))
}
