import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { createApp } from './app.ts'
import { registerOverlay, startOverlayInOpenTabs } from './pages/registration.ts'

/** The alarm that revives a worker which Chrome ended while it should be connected. */
const REVIVE_ALARM = 'revive'

export default defineBackground(() => {
  // Listeners first, and at once: Chrome wakes the worker for an event only if it finds them at the first turn.
  const app = createApp({
    keepAwake: (isWanted) => {
      if (isWanted) void browser.alarms.create(REVIVE_ALARM, { periodInMinutes: 0.5 })
      else void browser.alarms.clear(REVIVE_ALARM)
    },
  })
  browser.runtime.onConnect.addListener((port) => app.connect(port))
  browser.alarms.onAlarm.addListener(() => app.hurry())
  // The API is there only once the person has allowed notifications.
  const onNotice = (id: string) => {
    void browser.notifications.clear(id)
    void app.bringPage()
  }
  const listenToNotices = () => browser.notifications?.onClicked.addListener(onNotice)
  listenToNotices()
  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (permissions?.includes('notifications')) listenToNotices()
    app.followGrants()
    void registerOverlay().then(startOverlayInOpenTabs)
  })
  browser.permissions.onRemoved.addListener(() => {
    app.followGrants()
    void registerOverlay()
  })
  // What is stored for the worker and the extension's pages is no business of a script on somebody's site.
  void browser.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })
  void registerOverlay().then(startOverlayInOpenTabs)
})
