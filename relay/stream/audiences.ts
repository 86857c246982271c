import type { LoggedEvent } from '../log/event-log.ts'
import { ownersWanted, type View } from '../people/view.ts'
import type { SessionReader } from './visibility.ts'

/** All listeners who see the same: what they are sent is found out and written once. */
export interface Audience<L> {
  readonly view: View
  readonly listeners: ReadonlySet<L>
}

/** Listeners by what they see. */
export interface Audiences<L> {
  readonly isEmpty: boolean
  /** Every listener of every audience. */
  all(): Iterable<L>
  /** Adds a listener to the audience of its view; the returned function takes it out. */
  add(listener: L): () => void
  /** The audiences that may see this event, and perhaps a few that may not. */
  interestedIn(event: LoggedEvent, sessions: SessionReader): Promise<Iterable<Audience<L>>>
}

interface OpenAudience<L> extends Audience<L> {
  readonly listeners: Set<L>
}

export function createAudiences<L extends { readonly view: View }>(): Audiences<L> {
  const byView = new Map<string, OpenAudience<L>>()
  /** The audiences that see a session when this extension has a part in it, or are addressed by it. */
  const byOwner = new Map<string, Set<Audience<L>>>()
  /** Those that see every session. */
  const ofAll = new Set<Audience<L>>()

  function open(key: string, view: View): OpenAudience<L> {
    const audience: OpenAudience<L> = { view, listeners: new Set() }
    byView.set(key, audience)
    for (const set of setsOf(view)) set.add(audience)
    return audience
  }

  function close(key: string, audience: Audience<L>): void {
    byView.delete(key)
    for (const set of setsOf(audience.view)) set.delete(audience)
    for (const owner of ownersWanted(audience.view) ?? []) {
      if (byOwner.get(owner)?.size === 0) byOwner.delete(owner)
    }
  }

  /** Where an audience of this view is looked for. */
  function setsOf(view: View): readonly Set<Audience<L>>[] {
    const owners = ownersWanted(view)
    if (owners === undefined) return [ofAll]
    return Array.from(owners, (owner) => {
      const set = byOwner.get(owner) ?? new Set()
      byOwner.set(owner, set)
      return set
    })
  }

  return {
    get isEmpty() {
      return byView.size === 0
    },
    all: () => [...byView.values()].flatMap(({ listeners }) => [...listeners]),
    add(listener) {
      const key = keyOf(listener.view)
      const audience = byView.get(key) ?? open(key, listener.view)
      audience.listeners.add(listener)
      return () => {
        audience.listeners.delete(listener)
        if (audience.listeners.size === 0 && byView.get(key) === audience) close(key, audience)
      }
    },
    async interestedIn({ telephonySessionId, extensionIds }, sessions) {
      const index = await sessions.readSessionIndex(telephonySessionId)
      const owners = [extensionIds, ...index.map((entry) => entry.extensionIds)].flat()
      return new Set([...ofAll, ...owners.flatMap((owner) => [...(byOwner.get(owner) ?? [])])])
    },
  }
}

/** The same for views in which the same is seen. */
function keyOf(view: View): string {
  const watched = view.kind === 'watched' ? [...view.watched].sort() : []
  return [view.kind, view.extensionId, ...watched].join(' ')
}
