import metadata from 'libphonenumber-js/min/metadata'
import { createCalls } from '../../../entrypoints/background/calls/calls.ts'
import { followDayContext } from '../../../entrypoints/lib/store/day-context.ts'
import { openBrowserStore, openPersonStore } from '../../../entrypoints/lib/store/open-writable.ts'
import type { SignIn } from '../../../entrypoints/lib/store/schema.ts'
import { writeSignIn } from '../../../entrypoints/lib/store/write.ts'
import { useNumberingPlans } from '../../../shared/number/numbering-plans.ts'
import type { LogEvent, User } from '../../../shared/protocol/wire.ts'
import { MINUTE_MS } from '../../../shared/time.ts'

useNumberingPlans(metadata)

/**
 * What the extension's own code keeps in its stores, done by itself: bundled, this runs on a bare page of the extension, while
 * its worker sleeps. A test gets a person who is signed in, or a year of calls, without waiting for the way they take in life.
 */

export async function keepSignIn(signIn: SignIn): Promise<void> {
  const store = await openBrowserStore()
  await writeSignIn(store, signIn)
  store.close()
}

/** Takes in what the relay would have brought of the past: rows, tallies of days and events are as the worker writes them. */
export async function keepEvents(user: User, events: readonly LogEvent[]): Promise<void> {
  const store = await openPersonStore(user)
  const calls = createCalls({
    store,
    // Of another relay, so that the one of the test is heard from its first event on.
    relayUrl: 'https://relay-of-before.example.com',
    extensionId: user.extensionId,
    country: 'US',
    dayContext: followDayContext(),
    onShown: () => {},
    onNews: () => {},
    onStored: () => {},
  })
  const context = { isComplete: true, nowMs: Date.now(), endedCardMs: MINUTE_MS }
  await calls.ingest({ epoch: 'before', head: events.length, events, isPast: true }, context)
  await calls.settled()
  store.close()
}
