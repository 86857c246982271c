/**
 * Keys of the lists: arrows (and j, k) go from row to row through all of them, c calls back. Enter does what the button says that has
 * the focus: of somebody who waits that is to call back, so that one key leads through the list and another one calls.
 */
export function hearRowKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return
  const at = document.activeElement?.closest<HTMLElement>('[data-row]') ?? undefined
  if (isTyping(document.activeElement) && !(event.key === 'ArrowDown' && isSearch(document.activeElement))) return
  const step = STEPS[event.key]
  // Letters are keys of a row alone: elsewhere they may be the browser's.
  if (step !== undefined && (at !== undefined || event.key.startsWith('Arrow'))) {
    if (moveBy(step, at)) event.preventDefault()
  } else if (event.key === 'c' && at !== undefined) {
    at.querySelector<HTMLElement>('[data-call-out]')?.click()
    event.preventDefault()
  }
}

export function focusFirstRow(): void {
  moveBy(1, undefined)
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }

/** Returns whether there is such a row. */
function moveBy(step: 1 | -1, from: HTMLElement | undefined): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const index = from === undefined ? (step === 1 ? 0 : -1) : rows.indexOf(from) + step
  if (from !== undefined && index < 0) {
    document.querySelector<HTMLElement>('.find')?.focus()
    return true
  }
  const target = rows[index]?.querySelector<HTMLElement>('[data-call-out][data-row-focus], summary, [data-call-out]')
  target?.focus()
  return target !== undefined && target !== null
}

function isTyping(element: Element | null): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || isSelect(element)
}

function isSelect(element: Element | null): boolean {
  return element instanceof HTMLSelectElement
}

function isSearch(element: Element | null): boolean {
  return element?.matches('.find') === true
}
