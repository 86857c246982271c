import { browser } from 'wxt/browser'
import type { Announcement } from '../lib/contract/messages.ts'
import type { CardMessage } from '../lib/contract/ports.ts'
import { userCountry } from '../lib/settings/country.ts'
import { ringSettings } from '../lib/settings/settings.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { createDialling } from './actions/dialling.ts'
import { createDesktopNotifications } from './alerts/desktop-notifications.ts'
import { followEndedStay } from './calls/ended-stay.ts'
import { createCardDisplay } from './card-display.ts'
import { followCrmEdits } from './crm/crm-edits.ts'
import { createPageNumbers } from './crm/page-numbers.ts'
import { followMasking } from './masking.ts'
import { createCardPlaces } from './pages/card-places.ts'
import { createCardsInUse } from './pages/cards-in-use.ts'
import type { PageFacts } from './pages/open-pages.ts'
import { createPages } from './pages/pages.ts'
import { createRingPage } from './ring/ring-page.ts'
import { createRinger } from './ring/ringer.ts'
import { browserClock } from './runtime.ts'
import { createSample } from './sample/sample.ts'
import { createUpdateTaker } from './update.ts'
import type { UserParts } from './user/user.ts'
import { hasOpenView, waitingUpdate } from './waiting-update.ts'

export interface CommonPartsOptions {
  /** What runs for the user who is signed in now; `undefined` while nobody is. */
  readonly user: () => UserParts | undefined
  /** Whether somebody waits for a change of who is signed in, or of the connection. */
  readonly isBusy: () => boolean
  readonly announce: (what: Announcement) => void
}

/** Creates what exists whether or not somebody is signed in. None uses another before all of them exist. */
export function createCommonParts({ user, isBusy, announce }: CommonPartsOptions) {
  const inUse = createCardsInUse((released) => {
    user()?.calls.releaseCards(released)
    sample.release()
    display.redraw()
    update.look()
  })
  const places = createCardPlaces(() => display.redraw())
  const pages = createPages({
    onCard: receive,
    onPage: () => user()?.hurry(),
    onCalls: (page, hasCalls) => {
      if (hasCalls) numbers.read(page)
      else numbers.rest(page)
    },
  })
  const numbers = createPageNumbers({ country: userCountry, onChange: followPages })
  const crmEdits = followCrmEdits(followPages)
  const endedStay = followEndedStay(() => user()?.calls.applyEndedStay())
  const welcomeUrl = browser.runtime.getURL('/welcome.html')
  const sample = createSample({
    clock: browserClock,
    isInUse: inUse.has,
    onShown: () => {
      display.redraw()
      ringer.look()
    },
    recordPage: { url: welcomeUrl, origin: new URL(welcomeUrl).origin },
    onOpenRecord: () => void browser.tabs.create({ url: `${welcomeUrl}#record` }),
  })
  const display = createCardDisplay({ pages, places, sample })
  const masking = followMasking(() => {
    display.redraw()
    announce('calls')
  })
  const notifications = createDesktopNotifications({
    isPageInSight: pages.isInSight,
    isMasking: masking.isOn,
    name: nameRow,
  })
  const ringPage = createRingPage()
  const ringer = createRinger({
    settings: ringSettings,
    calls: () => user()?.cards.current() ?? [],
    isSampleRinging: sample.isRinging,
    page: ringPage,
    clock: browserClock,
  })
  const update = createUpdateTaker({
    version: browser.runtime.getManifest().version,
    waiting: waitingUpdate,
    isIdle: async () => isIdle() && !(await hasOpenView()) && isIdle(),
    takeOver: () => browser.runtime.reload(),
  })
  const dialling = createDialling()

  /** The pages show other numbers than before, or what is known of their CRMs is another. */
  function followPages(): void {
    user()?.matches.refresh()
    display.redraw()
  }

  function receive(message: CardMessage, page: PageFacts): void {
    if (message.type === 'inUse') inUse.set(page.documentId, message.telephonySessionIds)
    else if (message.type === 'move') void places.set(page, message.place).then(display.redraw)
    else if (message.type === 'reconnect') user()?.hurry()
    // Every other one is about a call: the user's handlers have one for each.
    else if (!sample.handle(message)) void user()?.receive(message, page)
  }

  /** A call that nobody's store is open for any more keeps the name that it came with. */
  async function nameRow(row: CallRow): Promise<CallRow> {
    return (
      (await user()
        ?.name(row)
        .catch(() => undefined)) ?? row
    )
  }

  /** Whether nothing would be lost or missed if the worker were away for a second. */
  function isIdle(): boolean {
    const live = user()?.cards.live() ?? []
    return !isBusy() && live.length === 0 && !sample.isPlaying() && inUse.isEmpty()
  }

  return {
    inUse,
    places,
    pages,
    numbers,
    crmEdits,
    endedStay,
    sample,
    display,
    masking,
    notifications,
    ringPage,
    ringer,
    update,
    dialling,
  }
}
