import { type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { interrupted, listenToAnnouncements, type Status, sendMessage } from '../lib/messages.ts'
import { nameSite, parseSite, readGrantedSites } from '../lib/sites.ts'

/** What the settings page knows, and what can be done there. Everything takes effect at once and says so. */
export interface OptionsModel {
  readonly status: ReadonlySignal<Status | undefined>
  /** Match patterns. */
  readonly sites: ReadonlySignal<readonly string[]>
  readonly relaySaid: ReadonlySignal<Said | undefined>
  readonly personSaid: ReadonlySignal<Said | undefined>
  readonly sitesSaid: ReadonlySignal<Said | undefined>
  /** Whether Chrome may show notifications for Ringside. */
  readonly hasNotices: ReadonlySignal<boolean>
  readonly noticesSaid: ReadonlySignal<Said | undefined>
  saveRelay(address: string): Promise<void>
  signIn(): Promise<void>
  signOut(): Promise<void>
  addSite(address: string): Promise<void>
  removeSite(pattern: string): Promise<void>
  setNotices(isOn: boolean): Promise<void>
}

/** A sentence about what was just done, or about why it was not. `pending`: it is being done. */
export interface Said {
  readonly kind: 'done' | 'pending' | 'problem'
  readonly text: string
}

export function createOptionsModel(): OptionsModel {
  const status = signal<Status>()
  const sites = signal<readonly string[]>([])
  const relaySaid = signal<Said>()
  const personSaid = signal<Said>()
  const sitesSaid = signal<Said>()
  const hasNotices = signal(false)
  const noticesSaid = signal<Said>()

  const readStatus = async () => {
    // A worker that is ended before it answers announces its status when it starts again.
    status.value = await sendMessage('getStatus').catch(() => status.value)
  }
  const readGrants = async () => {
    sites.value = await readGrantedSites()
    hasNotices.value = await browser.permissions.contains(NOTICES)
  }

  listenToAnnouncements((announcement) => void (announcement === 'status' && readStatus()))
  browser.permissions.onAdded.addListener(() => void readGrants())
  browser.permissions.onRemoved.addListener(() => void readGrants())
  void readStatus()
  void readGrants()

  return {
    status,
    sites,
    relaySaid,
    personSaid,
    sitesSaid,
    hasNotices,
    noticesSaid,
    saveRelay: async (address) => {
      relaySaid.value = { kind: 'pending', text: i18n.t('settings.checking') }
      const problem = await sendMessage('setRelay', address).catch(interrupted)
      relaySaid.value =
        problem === undefined
          ? { kind: 'done', text: i18n.t('settings.saved') }
          : { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    },
    signIn: async () => {
      personSaid.value = { kind: 'pending', text: i18n.t('settings.signingIn') }
      const problem = await sendMessage('signIn').catch(interrupted)
      personSaid.value = problem && { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    },
    signOut: async () => {
      const problem = await sendMessage('signOut').catch(interrupted)
      personSaid.value = problem
        ? { kind: 'problem', text: i18n.t(`problem.${problem}`) }
        : { kind: 'done', text: i18n.t('settings.signedOutNow') }
    },
    addSite: async (address) => {
      const pattern = parseSite(address)
      if (pattern === undefined) {
        sitesSaid.value = { kind: 'problem', text: i18n.t('problem.site') }
        return
      }
      // Chrome asks the person only while it handles their click: nothing may be awaited before this.
      const isGranted = await browser.permissions.request({ origins: [pattern] })
      sitesSaid.value = isGranted
        ? { kind: 'done', text: i18n.t('settings.siteAdded', [nameSite(pattern)]) }
        : { kind: 'problem', text: i18n.t('problem.siteRefused') }
    },
    removeSite: async (pattern) => {
      await browser.permissions.remove({ origins: [pattern] })
      sitesSaid.value = { kind: 'done', text: i18n.t('settings.siteRemoved', [nameSite(pattern)]) }
    },
    setNotices: async (isOn) => {
      // As above: nothing may be awaited before Chrome asks.
      const isDone = isOn ? await browser.permissions.request(NOTICES) : await browser.permissions.remove(NOTICES)
      noticesSaid.value = isDone
        ? { kind: 'done', text: i18n.t(isOn ? 'settings.noticesOn' : 'settings.noticesOff') }
        : { kind: 'problem', text: i18n.t('problem.noticesRefused') }
    },
  }
}

const NOTICES = { permissions: ['notifications' as const] }
