import type { NumberCandidate } from '../lib/contract/ports.ts'
import { createCandidateList, isPhoneField } from './candidates.ts'
import { findNumbers, hasDigit } from './find-numbers.ts'
import { readLink } from './links.ts'
import { isAsidePane, isFrameShown, isShown } from './shown.ts'

/** What a scan finds besides numbers, to be watched for later changes. */
export interface ScanWatch {
  /** An open shadow root: changes in it are told to its own observers only. */
  readonly onRoot: (root: ShadowRoot) => void
  readonly onFrame: (frame: HTMLIFrameElement) => void
}

/** A page is not read past this: it is no record. */
const MAX_NODES = 300_000
/** A number that is cut into pieces lies in a small element. */
const MAX_PIECES_CHARS = 80
const MAX_PIECES = 20
const MAX_PIECES_DEPTH = 2

/**
 * Walks once through what a document shows and collects possible phone numbers. Yields after each node, so that the
 * caller can pause for the page. Read-only.
 */
export function* scan(watch: ScanWatch): Generator<void, readonly NumberCandidate[]> {
  const list = createCandidateList()
  const roots: Node[] = [document]
  const piecesRead = new Set<Element>()
  let nodesLeft = MAX_NODES
  for (let root = roots.shift(); root !== undefined; root = roots.shift()) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    let node = walker.nextNode()
    while (node !== null && nodesLeft-- > 0 && !list.isFull('link')) {
      if (node instanceof Text) {
        if (!list.isFull('text')) readText(node, list.add, piecesRead)
        node = walker.nextNode()
      } else if (node instanceof Element && isUnread(node)) {
        node = skip(walker)
      } else {
        if (node instanceof HTMLIFrameElement) watch.onFrame(node)
        if (node instanceof Element) {
          if (node.shadowRoot !== null) {
            watch.onRoot(node.shadowRoot)
            roots.push(node.shadowRoot)
          }
          readElement(node, list.add)
        }
        node = walker.nextNode()
      }
      yield
    }
  }
  return isFrameShown() ? list.all() : []
}

type Add = (text: string, source: NumberCandidate['source']) => void

/** Code, drafts being written, closed menus, hidden panes. */
function isUnread(element: Element): boolean {
  return (
    element.matches(
      'script, style, noscript, template, textarea, select, [contenteditable]:not([contenteditable=false])',
    ) || isAsidePane(element)
  )
}

function readElement(element: Element, add: Add): void {
  if (element instanceof HTMLInputElement) readField(element, add)
  else if (element.hasAttribute('href')) {
    const number = readLink(element.getAttribute('href') ?? '')
    if (number !== undefined && isShown(element)) add(number, 'link')
  }
}

function readField(field: HTMLInputElement, add: Add): void {
  if (field.type !== 'tel' && field.type !== 'text') return
  // Dynamics shows a number that is not being edited in the title alone.
  const texts = [field.value, field.title].filter(hasDigit)
  if (texts.length === 0) return
  if (field.type !== 'tel' && !isPhoneField(describeField(field))) return
  if (isShown(field)) for (const text of texts) add(text, 'field')
}

/** What a field is called, by itself, its labels and whatever the CRM's own scripts know it by. */
function describeField(field: HTMLInputElement): readonly (string | null | undefined)[] {
  const own = field.getAttributeNames().filter((name) => !NAMELESS.has(name))
  const root = field.getRootNode()
  const labelIds = field.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
  const labels =
    root instanceof Document || root instanceof ShadowRoot ? labelIds.map((id) => root.getElementById(id)) : []
  return [
    ...own.map((name) => field.getAttribute(name)),
    ...[...(field.labels ?? []), ...labels].map((label) => label?.textContent),
  ]
}

/** Attributes that say nothing of what a field is for. */
const NAMELESS: ReadonlySet<string> = new Set(['value', 'title', 'class', 'style', 'type'])

function readText(text: Text, add: Add, piecesRead: Set<Element>): void {
  if (!hasDigit(text.data) || text.parentElement === null) return
  const found = findNumbers(text.data)
  if (found.length > 0) addShown(found, text.parentElement, add)
  else readPieces(text.parentElement, add, piecesRead)
}

/** A number may be cut into pieces of different look. `piecesRead`: elements that were looked at for another piece of them. */
function readPieces(parent: Element, add: Add, piecesRead: Set<Element>): void {
  let around: Element | null = parent
  for (let depth = 0; around !== null && depth < MAX_PIECES_DEPTH; depth++, around = around.parentElement) {
    if (around.childNodes.length > MAX_PIECES) return
    if (around.childNodes.length === 1) continue
    if (piecesRead.has(around)) return
    piecesRead.add(around)
    const text = around.textContent ?? ''
    if (text.length > MAX_PIECES_CHARS) return
    const found = findNumbers(text)
    if (found.length > 0) {
      addShown(found, around, add)
      return
    }
  }
}

function addShown(found: readonly string[], element: Element, add: Add): void {
  if (isShown(element)) for (const number of found) add(number, 'text')
}

/** The next node that is not inside the present one. */
function skip(walker: TreeWalker): Node | null {
  for (;;) {
    const sibling = walker.nextSibling()
    if (sibling !== null) return sibling
    if (walker.parentNode() === null) return null
  }
}
