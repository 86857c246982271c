import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type DataFolder, openDataFolder } from '../../../relay/log/data-folder.ts'
import { serveRequests } from '../serve-requests.ts'
import { type AppendAnswer, type AppendRequest, measureAppends } from './measure.ts'

/** Ours: the relay's log, with its indexes. */

const CALLS_AT_A_TIME = 64

let opening: Promise<DataFolder> | undefined
serveRequests<AppendRequest, AppendAnswer>(async (request) => {
  opening ??= openDataFolder(join(request.folder, 'ours'))
  const { log } = await opening
  const run = randomUUID()
  return measureAppends(request, (index, text) =>
    log.append({
      uuid: `${run}-${index}`,
      telephonySessionId: `s-${run}-${index % CALLS_AT_A_TIME}-${Math.floor(index / (CALLS_AT_A_TIME * 11))}`,
      extensionIds: ['400102'],
      receivedAtMs: Date.now(),
      text,
    }),
  )
})
