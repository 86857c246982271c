import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, listenToAnnouncements, type Status, sendMessage } from '../lib/contract/messages.ts'
import { listStoreOwners, openReadableStore } from '../lib/store/open.ts'
import { readKeptSoFar } from '../lib/store/read.ts'
import type { StoreOwner } from '../lib/store/store-name.ts'
import type { Feedback } from '../ui/setup/feedback.ts'

/** People who were signed in on this browser before and of whom something is still kept. */
export interface PreviousUsersModel {
  readonly previousUsers: ReadonlySignal<readonly PreviousUser[]>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  wipe(user: PreviousUser): Promise<void>
}

export interface PreviousUser extends StoreOwner {
  /** What they are called; `undefined` when that was never written down. */
  readonly name: string | undefined
}

/** `left`: who has just signed out, and is offered the same where they did. */
export function createPreviousUsersModel(
  status: ReadonlySignal<Status | undefined>,
  left: ReadonlySignal<StoreOwner | undefined>,
): PreviousUsersModel {
  const found = signal<readonly PreviousUser[]>([])
  const feedback = signal<Feedback>()

  async function read(): Promise<void> {
    const now = status.value
    if (now === undefined) return
    const owners = (await listStoreOwners()).filter(
      ({ accountId, extensionId }) => accountId !== now.user?.accountId || extensionId !== now.user.extensionId,
    )
    const described = await Promise.all(owners.map(describe))
    found.value = described.flatMap((user) => user ?? [])
  }

  let owner: string | undefined | null = null
  status.subscribe((now) => {
    if (now === undefined || owner === now.user?.extensionId) return
    owner = now.user?.extensionId
    void read().catch(() => undefined)
  })
  listenToAnnouncements((announcement) => {
    if (announcement === 'notes') void read().catch(() => undefined)
  })

  return {
    previousUsers: computed(() => found.value.filter((user) => !isSame(user, left.value))),
    feedback,
    wipe: async ({ accountId, extensionId }) => {
      feedback.value = { kind: 'pending', text: i18n.t('privacy.wiping') }
      const problem = await sendMessage('wipe', { accountId, extensionId }).catch(interrupted)
      feedback.value =
        problem === undefined
          ? { kind: 'done', text: i18n.t('privacy.wiped') }
          : { kind: 'problem', text: i18n.t('privacy.wipeFailed') }
      await read()
    },
  }
}

function isSame(one: StoreOwner, other: StoreOwner | undefined): boolean {
  return one.accountId === other?.accountId && one.extensionId === other.extensionId
}

/** `undefined` when nothing is kept of them any more. */
async function describe(owner: StoreOwner): Promise<PreviousUser | undefined> {
  const store = await openReadableStore(owner)
  const counts = await Promise.all(
    (['calls', 'events', 'notes', 'contacts', 'records'] as const).map((name) => store.count(name)),
  )
  const keptSoFar = await readKeptSoFar(store)
  store.close()
  return counts.some((count) => count > 0) ? { ...owner, name: keptSoFar?.name } : undefined
}
