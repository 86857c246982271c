import { request } from 'node:http'
import * as v from 'valibot'
import { actSchema } from '../../shared/protocol/act.ts'
import { crmRecordsAnswer } from '../../shared/protocol/http/crm.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { encodeBook } from '../routing/try/book-json.ts'
import type { Administration } from './administration.ts'
import { commandAddress } from './command-socket.ts'

/** The administration of the relay that runs on a data folder. */

const users = v.array(
  v.object({
    extensionId: v.string(),
    name: v.string(),
    role: v.picklist(['agent', 'supervisor']),
    sinceMs: v.number(),
    lastSeenMs: v.number(),
    devices: v.number(),
  }),
)
const revoked = v.object({ devices: v.number() })
const auditPage = v.object({
  steps: v.array(v.object({ atMs: v.number(), record: actSchema })),
  upToPosition: v.number(),
  isLast: v.boolean(),
})
const triedRules = v.object({
  timeZone: v.string(),
  since: v.string(),
  rules: v.array(
    v.object({
      name: v.string(),
      hits: v.array(
        v.object({
          telephonySessionId: v.string(),
          at: v.string(),
          moment: v.string(),
          caller: v.optional(v.string()),
          act: v.string(),
          first: v.optional(v.string()),
        }),
      ),
    }),
  ),
})
const crmOverview = v.object({
  crm: v.optional(v.string()),
  log: v.picklist(['all', 'matched', 'off']),
  ...crmRecordsAnswer.entries,
})
const failed = v.object({ error: v.string() })

/** A command is a look into memory and a write to the disk, or a few megabytes of the log. */
const TIMEOUT_MS = 15 * SECOND_MS
/** A busy account has millions of events in some days. */
const TRIAL_TIMEOUT_MS = 10 * MINUTE_MS

/** `undefined` when no relay that takes commands runs on this folder. */
export async function connectToRelay(dataFolder: string): Promise<Administration | undefined> {
  const socketPath = await commandAddress(dataFolder)
  if (socketPath === undefined) return undefined
  const ask = (method: string, path: string, more: Partial<Asked> = {}) => send({ socketPath, method, path, ...more })
  try {
    // Nothing else tells whether somebody is there: the file of a relay that was killed stays.
    await ask('GET', '/users')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return undefined
    if (code !== 'EACCES') throw error
    throw new Error(`The data folder ${dataFolder} is not yours: give the command as the user who runs the relay.`)
  }
  return {
    users: async () => v.parse(users, await ask('GET', '/users')),
    revoke: async (extensionId) =>
      v.parse(revoked, await ask('DELETE', `/users/${encodeURIComponent(extensionId)}`)).devices,
    audit: async ({ sinceMs, afterPosition }) => {
      const query = new URLSearchParams({ sinceMs: String(sinceMs) })
      if (afterPosition !== undefined) query.set('afterPosition', String(afterPosition))
      return v.parse(auditPage, await ask('GET', `/audit?${query}`))
    },
    crmRecords: async (sinceMs) => v.parse(crmOverview, await ask('GET', `/crm?sinceMs=${sinceMs}`)),
    tryRules: async ({ book, sinceMs }) => {
      const more = { body: encodeBook(book), timeoutMs: TRIAL_TIMEOUT_MS }
      return v.parse(triedRules, await ask('POST', `/rules/trial?sinceMs=${sinceMs}`, more))
    },
  }
}

interface Asked {
  readonly socketPath: string
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly timeoutMs?: number
}

function send({ body, timeoutMs = TIMEOUT_MS, ...options }: Asked): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const asked = request({ ...options, signal }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
      })
      response.on('error', reject)
      response.on('end', () => {
        const answer: unknown = JSON.parse(text)
        if (response.statusCode === 200) return resolve(answer)
        reject(new Error(`The relay could not do it: ${v.parse(failed, answer).error}.`))
      })
    })
    asked.on('error', (error) =>
      reject(signal.aborted ? new Error(`The relay did not answer within ${timeoutMs / SECOND_MS} s.`) : error),
    )
    asked.end(body)
  })
}
