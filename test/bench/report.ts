import type { Figure, Goal } from './figures.ts'
import { differences, median, ratios } from './statistics.ts'

const HEADINGS = ['figure', 'ours', 'floor', 'ratio', 'spread', 'goal', ''] as const

/** The figures as a table for people. The ratio is the median of the rounds' ratios, the spread their smallest and largest. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(toCells)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  )
  const [headings = '', ...rest] = lines
  return [headings, '─'.repeat(Math.max(...lines.map(({ length }) => length))), ...rest].join('\n')
}

/** Whether a figure reaches its goal; reaching it exactly counts. */
export function isMet({ ours, floor, goal }: Figure): boolean {
  if (goal.of === 'ours') {
    if ('atLeast' in goal) return median(ours) >= goal.atLeast
    return (goal.in === 'median' ? median(ours) : Math.max(...ours)) <= goal.atMost
  }
  if (goal.of === 'difference') return median(differences(ours, floor)) <= goal.atMost
  const ratio = median(ratios(ours, floor))
  return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost
}

function toCells(figure: Figure): readonly string[] {
  const { name, unit, ours, floor, goal } = figure
  const each = ratios(ours, floor)
  // A worst case is told by its worst round.
  const summarise =
    goal.of === 'ours' && goal.in === 'every round' ? (values: readonly number[]) => Math.max(...values) : median
  return [
    name,
    formatQuantity(summarise(ours), unit),
    formatQuantity(summarise(floor), unit),
    median(each).toFixed(2),
    `${Math.min(...each).toFixed(2)}–${Math.max(...each).toFixed(2)}`,
    formatGoal(goal, unit),
    isMet(figure) ? 'met' : 'MISSED',
  ]
}

function formatQuantity(value: number, unit: Figure['unit']): string {
  return unit === '/s' ? `${Math.round(value).toLocaleString('en')}/s` : `${value.toFixed(2)} ${unit}`
}

function formatGoal(goal: Goal, unit: Figure['unit']): string {
  if (goal.of === 'ours') return 'atLeast' in goal ? `≥ ${goal.atLeast}${unit}` : `≤ ${goal.atMost} ${unit}`
  if (goal.of === 'difference') return `≤ +${goal.atMost} ${unit}`
  return 'atLeast' in goal ? `≥ ${goal.atLeast} ×` : `≤ ${goal.atMost} ×`
}

/** Names to the left, numbers to the right. */
function pad(cell: string, width: number, column: number): string {
  const isNumber = column > 0 && column < HEADINGS.length - 1
  return isNumber ? cell.padStart(width) : cell.padEnd(width)
}
