import type { Line } from './lines.ts'

/** What a key does on a line. */
export type GridMove =
  | { readonly kind: 'go'; readonly index: number }
  | { readonly kind: 'toggle'; readonly isExpanded: boolean }
  | { readonly kind: 'open' }

export interface GridPlace {
  readonly lines: readonly Line[]
  readonly index: number
  /** How many lines can be seen. */
  readonly page: number
  /** Whether the page is read from right to left, so that the arrows change places. */
  readonly isRtl: boolean
}

/** `undefined`: not a key of the grid. The keys are those of the tree grid in the ARIA practices guide. */
export function moveInGrid(key: string, { lines, index, page, isRtl }: GridPlace): GridMove | undefined {
  const go = (to: number) => ({ kind: 'go', index: Math.min(Math.max(to, 0), lines.length - 1) }) as const
  switch (isRtl ? (MIRRORED[key] ?? key) : key) {
    case 'ArrowDown':
      return go(index + 1)
    case 'ArrowUp':
      return go(index - 1)
    case 'PageDown':
      return go(index + page)
    case 'PageUp':
      return go(index - page)
    case 'Home':
      return go(0)
    case 'End':
      return go(lines.length - 1)
    case 'Enter':
      return { kind: 'open' }
    case 'ArrowRight':
      return moveIn(lines, index)
    case 'ArrowLeft':
      return moveOut(lines, index)
    default:
      return undefined
  }
}

const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

function moveIn(lines: readonly Line[], index: number): GridMove | undefined {
  const line = lines[index]
  if (line === undefined || line.others === 0) return undefined
  return line.isExpanded ? { kind: 'go', index: index + 1 } : { kind: 'toggle', isExpanded: true }
}

function moveOut(lines: readonly Line[], index: number): GridMove | undefined {
  const line = lines[index]
  if (line?.isExpanded) return { kind: 'toggle', isExpanded: false }
  if (line?.level !== 2) return undefined
  return { kind: 'go', index: lines.findLastIndex(({ level }, place) => place < index && level === 1) }
}
