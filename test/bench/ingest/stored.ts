import { openDataFolder } from '../../../relay/log/data-folder.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'

const READ_EVENTS = 1000

/** How many different events the log of a stopped relay holds. */
export async function countStored(dataFolder: string): Promise<number> {
  const folder = await openDataFolder(dataFolder)
  const uuids = new Set<string>()
  try {
    for (let position = 0; position < folder.log.headPosition; ) {
      const events = await folder.log.read(position, READ_EVENTS)
      for (const { text } of events) uuids.add(uuidOf(text))
      position = events.at(-1)?.position ?? folder.log.headPosition
    }
  } finally {
    await folder.close()
  }
  return uuids.size
}

function uuidOf(text: string): string {
  const decoded = decodeNotification(JSON.parse(text))
  if (decoded.kind !== 'telephony' || decoded.notification.uuid === undefined) {
    throw new Error('the log should hold telephony events with a uuid, but one is none')
  }
  return decoded.notification.uuid
}
