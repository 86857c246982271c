// First of all.
import './first-store.ts'
import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { readAlertKind } from './alerts/alert-notifications.ts'
import { turnOffAlert } from './alerts/turn-off.ts'
import { createApp } from './app.ts'
import { hearBoardNotice } from './board/board-notices.ts'
import { offerSidePanel } from './board/side-panel.ts'
import { registerPageLink, startPageLinkAgain, startPageLinkInOpenTabs } from './pages/registration.ts'
import { forgetRegistrations } from './pages/update-registration.ts'
import { setReviveAlarm } from './revive-alarm.ts'
import { browserClock } from './runtime.ts'

export default defineBackground(() => {
  // Listeners first, and at once: Chrome wakes the worker for an event only if it finds them at the first turn.
  const app = createApp({ keepAwake: (isWanted) => void setReviveAlarm(isWanted) })
  browser.runtime.onConnect.addListener((port) => app.connect(port))
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') })
    // An update takes the registrations away at a time of its own, perhaps after they were looked at.
    void forgetRegistrations()
    app.applyGrants()
    registerOnSites()
    if (reason === 'update') startPageLinkAgain(browserClock.after)
  })
  // Somebody who is signed in hears of calls from the start of the browser on, before any page asks for it.
  browser.runtime.onStartup.addListener(() => app.hurry())
  browser.runtime.onUpdateAvailable.addListener(({ version }) => app.offerUpdate(version))
  browser.commands.onCommand.addListener((command) => {
    if (command === 'focus-card') app.focusCard()
    if (command === 'fold-card') void app.foldCard()
    if (command === 'show-card') void app.showCardAgain()
    if (command === 'raise-hand') void app.raiseHand()
  })
  browser.alarms.onAlarm.addListener(() => app.hurry())
  // The API is there only once the person has allowed notifications.
  const onNotification = (id: string) => {
    if (hearBoardNotice(id, 'itself')) return
    void browser.notifications.clear(id)
    if (readAlertKind(id) === 'missed') void browser.tabs.create({ url: browser.runtime.getURL('/reports.html') })
    else void app.bringPage()
  }
  const onNotificationButton = (id: string) => {
    if (hearBoardNotice(id, 'button')) return
    const kind = readAlertKind(id)
    if (kind === undefined) return
    void browser.notifications.clear(id)
    void turnOffAlert(kind)
  }
  const listenToNotifications = () => {
    browser.notifications?.onClicked.addListener(onNotification)
    browser.notifications?.onButtonClicked.addListener(onNotificationButton)
  }
  listenToNotifications()
  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (permissions?.includes('notifications')) listenToNotifications()
    app.applyGrants()
    registerOnSites()
  })
  browser.permissions.onRemoved.addListener(() => {
    app.applyGrants()
    void registerPageLink()
  })
  // What is stored for the worker and the extension's pages is no business of a script on somebody's site.
  void browser.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })
  registerOnSites()
  offerSidePanel()
})

/** The small script comes into pages of granted sites, those that are open as well. */
function registerOnSites(): void {
  const isRegistered = registerPageLink().catch((error: unknown) => {
    console.warn('The script for pages of granted sites could not be registered.', error)
  })
  void isRegistered.then(startPageLinkInOpenTabs)
}
