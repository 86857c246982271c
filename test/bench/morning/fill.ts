import { join } from 'node:path'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import { restampStream } from '../../support/restamp.ts'
import { loadNotifications } from '../../support/streams.ts'
import { signInMany } from '../sign-in-many.ts'

/** A relay's folder after a day on which people had calls and nobody was connected. */
export interface Day {
  /** One token a person. */
  readonly tokens: readonly string[]
  /** Events that each person has a part in. */
  readonly eventsEach: number
}

export interface DayOptions {
  readonly folder: string
  readonly accountId: string
  readonly people: number
  readonly events: number
}

const CALL_EVENTS = loadNotifications('pstn-to-user').length

/** A call that has not ended would be asked about. */
function wholeCalls(events: number): number {
  return Math.floor(events / CALL_EVENTS) * CALL_EVENTS
}

/** What waits for one flush of the log. */
const APPENDED_AT_ONCE = 2000

/** Fills the folder through the relay's own log, while no relay runs on it. */
export async function fillDay({ folder, accountId, people, events }: DayOptions): Promise<Day> {
  const data = await openDataFolder(join(folder, 'relay'))
  try {
    const ids = Array.from({ length: people }, (_, index) => String(700_000 + index))
    const eventsEach = wholeCalls(events / people)
    let appends: Promise<unknown>[] = []
    for (const event of eventsOf(ids, eventsEach)) {
      appends.push(data.log.append(event))
      if (appends.length < APPENDED_AT_ONCE) continue
      await Promise.all(appends)
      appends = []
    }
    await Promise.all(appends)
    return { tokens: await signInMany(data, accountId, ids), eventsEach }
  } finally {
    await data.close()
  }
}

/** Everybody's events, in turns, so that neighbours in the log belong to different people. */
function* eventsOf(ids: readonly string[], eventsEach: number) {
  for (let done = 0; done < eventsEach; done += CALL_EVENTS) {
    const texts = restampStream('pstn-to-user', Date.now()).map(({ envelope }) => JSON.stringify(envelope))
    for (const [step, text] of texts.entries()) {
      for (const id of ids) yield eventOf(id, text, `${id}-${done}-${step}`)
    }
  }
}

function eventOf(extensionId: string, text: string, uuid: string) {
  const own = text.replace(/"extensionId":"\d+"/g, `"extensionId":"${extensionId}"`)
  const telephonySessionId = /"telephonySessionId":"([^"]+)"/.exec(own)?.[1] ?? ''
  return {
    uuid,
    telephonySessionId: `${telephonySessionId}-${extensionId}`,
    extensionIds: [extensionId],
    receivedAtMs: Date.now(),
    text: own.replaceAll(telephonySessionId, `${telephonySessionId}-${extensionId}`),
  }
}
