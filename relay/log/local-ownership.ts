import type { Owner, Ownership } from './storage.ts'

/** The ownership of a relay that is alone: it is the owner from beginning to end. */
export function createLocalOwnership({ log, records }: Pick<Owner, 'log' | 'records'>): Ownership {
  const starts: ((owner: Owner) => Promise<() => Promise<void>>)[] = []
  let stops: Promise<readonly (() => Promise<void>)[]> = Promise.resolve([])
  return {
    isOwner: true,
    onOwned: (start) => void starts.push(start),
    async begin() {
      const owner: Owner = { log, records, confirm: async () => undefined }
      stops = Promise.all(starts.map((start) => start(owner)))
      await stops
    },
    publish: () => undefined,
    published: undefined,
    async end() {
      for (const stop of await stops) await stop()
    },
  }
}
