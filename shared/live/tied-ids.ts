/**
 * Which sessions that have left belong together, also with one that was only named. Of a session that nothing ties to another
 * nothing is remembered.
 */
export interface TiedIds {
  join(ids: readonly string[]): void
  /** All that belong together with this one, itself first. */
  of(id: string): readonly string[]
  clear(): void
}

export function createTiedIds(): TiedIds {
  const groups = new Map<string, Set<string>>()
  return {
    join(ids) {
      const all = new Set(ids.flatMap((id) => [id, ...(groups.get(id) ?? [])]))
      if (all.size < 2) return
      for (const id of all) groups.set(id, all)
    },
    of: (id) => [...new Set([id, ...(groups.get(id) ?? [])])],
    clear: () => groups.clear(),
  }
}
