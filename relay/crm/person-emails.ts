import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import type { ServiceClient } from '../ringcentral/api.ts'

/** The e-mail address of an extension as RingCentral has it; `undefined` where it has none, or does not tell. */
export type EmailOf = (extensionId: string) => Promise<string | undefined>

const extension = v.object({ contact: v.object({ email: v.pipe(v.string(), v.email()) }) })

/** Addresses are in memory only. A record without its owner is better than none: what can't be read is asked again in an hour. */
export function createPersonEmails({
  service,
  clock,
}: {
  readonly service: ServiceClient
  readonly clock: Pick<Clock, 'elapsedMs'>
}): EmailOf {
  const known = new Map<string, { readonly untilMs: number; readonly email: Promise<string | undefined> }>()

  async function ask(extensionId: string): Promise<string | undefined> {
    try {
      const path = `/restapi/v1.0/account/~/extension/${encodeURIComponent(extensionId)}`
      const read = v.safeParse(extension, await service.send({ method: 'GET', path }))
      return read.success ? read.output.contact.email : undefined
    } catch {
      known.set(extensionId, { untilMs: clock.elapsedMs() + HOUR_MS, email: Promise.resolve(undefined) })
      return undefined
    }
  }

  return (extensionId) => {
    const one = known.get(extensionId)
    if (one !== undefined && one.untilMs > clock.elapsedMs()) return one.email
    const email = ask(extensionId)
    known.set(extensionId, { untilMs: clock.elapsedMs() + DAY_MS, email })
    return email
  }
}
