import { createMetrics } from '../../relay/metrics.ts'

/** The values of each label of a series; of a label that has any value, like `le`, those that are told. */
export type Labels = ReadonlyMap<string, ReadonlySet<string>>

/** What a relay's `/metrics` tells when everything is known, by name of the series. */
export async function readToldMetrics(): Promise<ReadonlyMap<string, Labels>> {
  const metrics = createMetrics()
  metrics.watch({
    log: { headPosition: 0, oldestPosition: 1, usedBytes: 0, isWritable: true },
    nowMs: () => 0,
    clients: () => ({ clients: 0, strangers: 0, backlogEvents: 0, backlogBytes: 0 }),
    failures: () => 0,
    lostLogLines: () => 0,
    refusedConnections: () => 0,
    subscription: () => ({ status: 'Active', expiresAtMs: 0 }),
    isOwner: () => true,
    lastEventAtMs: () => 0,
    crmRecords: () => ({
      waiting: 0,
      ready: 0,
      sent: 0,
      logged: 0,
      noMatch: 0,
      ambiguous: 0,
      refused: 0,
      givenUp: 0,
      leftOut: 0,
    }),
  })
  return readSeries((await metrics.render()).text)
}

/** Series of Prometheus' text by their names. */
export function readSeries(text: string): ReadonlyMap<string, Labels> {
  const told = new Map<string, Map<string, Set<string>>>()
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = told.get(name) ?? new Map<string, Set<string>>()
    told.set(name, known)
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set()).add(value))
    }
  }
  return told
}
