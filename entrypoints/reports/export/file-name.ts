/** What a file of calls is called: `ringside-calls-2026-03-01-to-2026-03-29.csv`. The days are included. */
export function nameCallsFile(
  { fromDay, toDay }: { readonly fromDay: string; readonly toDay: string },
  ending: 'csv' | 'json' | 'xlsx',
): string {
  const days = fromDay === toDay ? fromDay : `${fromDay}-to-${toDay}`
  return `ringside-calls-${days}.${ending}`
}

/** What a file with the events of one call is called. It names nobody. */
export function nameStreamFile(telephonySessionId: string): string {
  return `ringside-call-${telephonySessionId.replaceAll(/[^\w.-]/g, '_')}.jsonl`
}
