import type { Clock } from '../../shared/clock.ts'
import type { Records } from '../log/records.ts'
import { listAccepted, RECORD_KEY } from './subscription-secrets.ts'

/** The secrets that deliveries may carry, as a relay knows them that does not look after the subscription itself. */
export interface AcceptedSecrets {
  accepted(): readonly string[]
  /** Reads them anew, unless that was done a moment ago: a secret that is not known may have been made just now. */
  refresh(): Promise<void>
  /** The same records; what is written through them is known here. */
  follow(records: Records): Records
}

const REFRESH_MS = 200

export async function watchAcceptedSecrets(records: Records, clock: Clock): Promise<AcceptedSecrets> {
  let text = await records.get(RECORD_KEY)
  let readAtMs = clock.elapsedMs()
  let reading: Promise<void> | undefined
  records.onChangedElsewhere((key, value) => {
    if (key === RECORD_KEY) text = value
  })

  async function read(): Promise<void> {
    text = await records.get(RECORD_KEY)
    readAtMs = clock.elapsedMs()
  }

  return {
    follow: (written) => ({
      ...written,
      async put(key, value) {
        await written.put(key, value)
        if (key === RECORD_KEY) text = value
      },
    }),
    accepted: () => listAccepted(text, clock.nowMs()),
    async refresh() {
      if (reading === undefined && clock.elapsedMs() - readAtMs < REFRESH_MS) return
      reading ??= read().finally(() => {
        reading = undefined
      })
      return reading
    },
  }
}
