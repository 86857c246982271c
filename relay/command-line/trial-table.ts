import type { TriedHit, TriedRule, TriedRules } from '../routing/try/try-rules.ts'
import { formatTable, printable } from './table.ts'

/** What can be read at a glance; all are in the JSON. */
const SHOWN_HITS = 20

/** What rules would have done, rule by rule, in the order of the file. Times are those of the rules' time zone. */
export function formatTrial({ rules, since, timeZone }: TriedRules): readonly string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const formatTime = (instant: string) => format.format(new Date(instant))
  const head = `What the rules would have done since ${formatTime(since)}, times in ${timeZone}:`
  return [head, ...rules.flatMap((rule) => ['', ...formatRule(rule, formatTime)])]
}

function formatRule({ name, hits }: TriedRule, formatTime: (instant: string) => string): readonly string[] {
  const first = hits.filter((hit) => hit.first === undefined).length
  const later = hits.length - first
  const count = `${describeCount(first)}${later === 0 ? '' : `, and ${later} more where another rule was first`}`
  const shown = hits.slice(-SHOWN_HITS)
  const more = hits.length - shown.length
  return [
    `${printable(name)}: ${count}`,
    ...(more === 0 ? [] : [`  … ${more} earlier ones: --json lists them`]),
    ...(shown.length === 0 ? [] : formatTable(shown.map((hit) => formatHit(hit, formatTime)))),
  ]
}

function describeCount(count: number): string {
  return count === 0 ? 'nothing' : count === 1 ? '1 time' : `${count} times`
}

function formatHit({ at, caller, moment, act, first }: TriedHit, formatTime: (instant: string) => string) {
  const cells = [
    `  ${formatTime(at)}`,
    caller ?? 'withheld',
    moment,
    act,
    ...(first === undefined ? [] : [`after "${first}"`]),
  ]
  return cells.map(printable)
}
