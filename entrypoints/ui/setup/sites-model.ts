import { type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { nameSite, parseSite, readGrantedSites } from '../../lib/sites.ts'
import type { Said } from './said.ts'

/** The sites that the person has granted, and what came of changing them. */
export interface SitesModel {
  /** Match patterns. */
  readonly sites: ReadonlySignal<readonly string[]>
  readonly said: ReadonlySignal<Said | undefined>
  /** Only while a click is handled: Chrome asks the person. */
  add(address: string): Promise<void>
  remove(pattern: string): Promise<void>
}

export function createSitesModel(): SitesModel {
  const sites = signal<readonly string[]>([])
  const said = signal<Said>()
  const read = async () => {
    sites.value = await readGrantedSites()
  }
  browser.permissions.onAdded.addListener(() => void read())
  browser.permissions.onRemoved.addListener(() => void read())
  void read()

  return {
    sites,
    said,
    add: async (address) => {
      const pattern = parseSite(address)
      if (pattern === undefined) {
        said.value = { kind: 'problem', text: i18n.t('problem.site') }
        return
      }
      // Chrome asks the person only while it handles their click: nothing may be awaited before this.
      const isGranted = await browser.permissions.request({ origins: [pattern] })
      said.value = isGranted
        ? { kind: 'done', text: i18n.t('settings.siteAdded', [nameSite(pattern)]) }
        : { kind: 'problem', text: i18n.t('problem.siteRefused') }
    },
    remove: async (pattern) => {
      await browser.permissions.remove({ origins: [pattern] })
      said.value = { kind: 'done', text: i18n.t('settings.siteRemoved', [nameSite(pattern)]) }
    },
  }
}
