import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, type Status, sendMessage } from '../../lib/contract/messages.ts'
import { type Invitation, invitationSetting } from '../../lib/settings/invitation.ts'
import { parseWebAddress } from '../../lib/settings/web-address.ts'
import type { Feedback } from './feedback.ts'

/** The relay's address, and what came of changing it. */
export interface RelayModel {
  /** `undefined` until it is known, `''` until there is one. */
  readonly relayUrl: ReadonlySignal<string | undefined>
  /** What the company is called that the relay is of; `''` where nobody said. */
  readonly company: ReadonlySignal<string>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  /** The new relay, while the person is signed in at another one and has to confirm the change. */
  readonly change: ReadonlySignal<RelayChange | undefined>
  /** `address`: what was typed or pasted, an invitation's link as well. */
  save(address: string): Promise<void>
  /** Signs the person out where they are, and keeps the new address; or leaves everything as it is. */
  answer(isYes: boolean): Promise<void>
}

export interface RelayChange {
  /** Where the person is signed in, as people say it. */
  readonly from: string
  readonly to: string
  /** As it was typed. */
  readonly address: string
}

export function createRelayModel(status: ReadonlySignal<Status | undefined>): RelayModel {
  const feedback = signal<Feedback>()
  const change = signal<RelayChange>()
  const relayUrl = computed(() => status.value?.relayUrl)
  const invitation = signal<Invitation>(invitationSetting.fallback)
  const applyInvitation = (next: Invitation) => {
    invitation.value = next
  }
  invitationSetting.watch(applyInvitation)
  void invitationSetting.getValue().then(applyInvitation)

  async function save(address: string, agreed: RelayChange | undefined): Promise<void> {
    const from = relayUrl.value ?? ''
    change.value = undefined
    feedback.value = { kind: 'pending', text: i18n.t('settings.checking') }
    const problem = await sendMessage(agreed === undefined ? 'setRelay' : 'changeRelay', address).catch(interrupted)
    if (problem === 'signedInElsewhere') {
      feedback.value = undefined
      change.value = { from: nameRelay(from), to: nameRelay(address), address }
    } else if (problem !== undefined) feedback.value = { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    else if (agreed === undefined) feedback.value = { kind: 'done', text: i18n.t('settings.saved') }
    else feedback.value = { kind: 'done', text: i18n.t('settings.relayChanged', [agreed.from, agreed.to]) }
  }

  return {
    relayUrl,
    company: computed(() => (invitation.value.relayUrl === relayUrl.value ? invitation.value.company : '')),
    feedback,
    change,
    save: (address) => save(address, undefined),
    answer: async (isYes) => {
      const asked = change.value
      change.value = undefined
      if (isYes && asked !== undefined) await save(asked.address, asked)
    },
  }
}

/** The host, with its port where it has one. */
function nameRelay(address: string): string {
  return parseWebAddress(address)?.host ?? address
}
