import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { Crm } from '../../lib/crm/crm.ts'
import { CRMS } from '../../lib/crm/crms.ts'
import type { CrmEdits } from '../../lib/crm/site.ts'
import { type Invitation, invitationSetting } from '../../lib/settings/invitation.ts'
import { crmEditsSetting } from '../../lib/settings/settings.ts'
import { isCovered, nameSite, parseSite, readGrantedSites } from '../../lib/settings/sites.ts'
import { describeProblem, type SiteDraft, toEdit } from './crm-draft.ts'
import type { Feedback } from './feedback.ts'

/** The sites that the person has granted, how they are searched, and what came of changing that. */
export interface SitesModel {
  /** Match patterns of all that is granted. */
  readonly sites: ReadonlySignal<readonly string[]>
  /** The CRMs that are known by name. */
  readonly crms: ReadonlySignal<readonly CrmChoice[]>
  /** Match patterns of what is granted besides those that are switched on. */
  readonly others: ReadonlySignal<readonly string[]>
  /** Match patterns of the sites that the company works with, as its invitation says, that are not granted yet. */
  readonly invited: ReadonlySignal<readonly string[]>
  readonly edits: ReadonlySignal<CrmEdits>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  /** Only while a click is handled, as is `switchCrm`: Chrome asks the person. */
  add(address: string): Promise<void>
  /** Grants those of the invitation at once. */
  addInvited(): Promise<void>
  remove(pattern: string): Promise<void>
  switchCrm(crm: Crm, isOn: boolean): Promise<void>
  /** Keeps how a site is searched and what its records are; says what is wrong instead, if anything is. */
  save(draft: SiteDraft): Promise<Feedback>
  /** Resets a site to its defaults. */
  putBack(key: string): Promise<Feedback>
}

export interface CrmChoice {
  readonly crm: Crm
  /** Whether all its sites are granted. */
  readonly isOn: boolean
}

export function createSitesModel(): SitesModel {
  const sites = signal<readonly string[]>([])
  const edits = signal<CrmEdits>({})
  const feedback = signal<Feedback>()
  const crms = computed(() =>
    CRMS.map((crm) => ({ crm, isOn: crm.matches.every((pattern) => sites.value.includes(pattern)) })),
  )
  const read = async () => {
    sites.value = await readGrantedSites()
  }
  browser.permissions.onAdded.addListener(() => void read())
  browser.permissions.onRemoved.addListener(() => void read())
  void read()
  const invitation = signal<Invitation>(invitationSetting.fallback)
  const applyInvitation = (next: Invitation) => {
    invitation.value = next
  }
  invitationSetting.watch(applyInvitation)
  void invitationSetting.getValue().then(applyInvitation)
  const invited = computed(() => {
    const patterns = new Set(invitation.value.sites.flatMap((site) => parseSite(site) ?? []))
    return [...patterns].filter((pattern) => !isCovered(pattern, sites.value))
  })
  const takeEdits = (next: CrmEdits) => {
    edits.value = next
  }
  crmEditsSetting.watch(takeEdits)
  void crmEditsSetting.getValue().then(takeEdits)

  // Chrome asks the person only while it handles their click: nothing may be awaited before this.
  async function request(origins: readonly string[], name: string): Promise<void> {
    const isGranted = await browser.permissions.request({ origins: [...origins] })
    feedback.value = isGranted
      ? { kind: 'done', text: i18n.t('settings.siteAdded', [name]) }
      : { kind: 'problem', text: i18n.t('problem.siteRefused') }
  }

  async function revoke(origins: readonly string[], name: string): Promise<void> {
    await browser.permissions.remove({ origins: [...origins] })
    feedback.value = { kind: 'done', text: i18n.t('settings.siteRemoved', [name]) }
  }

  return {
    sites,
    crms,
    others: computed(() => {
      const known = crms.value.flatMap(({ crm, isOn }) => (isOn ? crm.matches : []))
      return sites.value.filter((pattern) => !known.includes(pattern))
    }),
    invited,
    edits,
    feedback,
    addInvited: () => request(invited.value, invited.value.map(nameSite).join(', ')),
    add: async (address) => {
      const pattern = parseSite(address)
      if (pattern === undefined) feedback.value = { kind: 'problem', text: i18n.t('problem.site') }
      else await request([pattern], nameSite(pattern))
    },
    remove: (pattern) => revoke([pattern], nameSite(pattern)),
    switchCrm: ({ matches, name }, isOn) => (isOn ? request(matches, name) : revoke(matches, name)),
    save: async (draft) => {
      const problem = describeProblem(draft)
      if (problem !== undefined) return { kind: 'problem', text: problem }
      await crmEditsSetting.setValue({ ...(await crmEditsSetting.getValue()), [draft.key]: toEdit(draft) })
      return { kind: 'done', text: i18n.t('sites.saved') }
    },
    putBack: async (key) => {
      const { [key]: _, ...others } = await crmEditsSetting.getValue()
      await crmEditsSetting.setValue(others)
      return { kind: 'done', text: i18n.t('sites.isPutBack') }
    },
  }
}
