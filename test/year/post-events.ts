import { assert } from '../../shared/assert.ts'
import { buildPost, openConnection } from '../bench/http-connection.ts'
import type { Platform } from '../platform/platform.ts'

/** More do not make one relay any faster. */
const CONNECTIONS = 8

/**
 * Posts notifications to the webhook that is subscribed at the stand-in, many in flight, as fast as they are taken. Resolves when
 * the last is answered, throws when one is refused.
 */
export async function postEvents({ subscriptions }: Platform, events: readonly object[]): Promise<void> {
  const subscription = subscriptions().find(({ status }) => status === 'Active')
  assert(subscription !== undefined, 'there should be an active subscription to post to, but there is none')
  const { address: url, verificationToken = '' } = subscription
  const headers = { 'verification-token': verificationToken }
  const left = events.values()
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)))
  try {
    await Promise.all(
      connections.map(async (connection) => {
        for (const event of left) {
          const status = await connection.send(buildPost({ url, headers, body: JSON.stringify(event) }))
          assert(status === 200, `the webhook should answer 200 to an event, but answered ${status}`)
        }
      }),
    )
  } finally {
    for (const connection of connections) connection.close()
  }
}
