import type { LogContent } from '../log/log-content.ts'
import { encodeEvent } from './event-entry.ts'
import { encodeId, KEYS, membersKey, sessionKey } from './keys.ts'
import { describeTarget } from './link.ts'
import { APPEND, BEGIN_FILL, DISOWN, END_FILL, KEEP_ASIDE, type Script } from './scripts.ts'
import { stampOf } from './server.ts'
import { openSession, type ScriptCall, type Session } from './session.ts'

/**
 * Puts what is kept on a Redis that has nothing yet; it counts only when it is whole. Throws a sentence when there is something
 * already, or a log can't be kept there.
 */
export async function fillRedis(url: string, content: LogContent): Promise<void> {
  const session = await open(url)
  try {
    const { id, former, firstPosition } = content
    const call = (script: Script, keys: readonly string[], args: readonly string[]): ScriptCall => ({
      script,
      keys: [KEYS.log, ...keys],
      args: [id, '', ...args],
    })
    const names = former.map((one) => `${one.id} ${one.headPosition}\n`).join('')
    await runAll(session, [call(BEGIN_FILL, [], [names, String(firstPosition), stampOf(session.info)])])
    for await (const events of content.events()) {
      const calls = events.map((event) => {
        const of = encodeId(event.telephonySessionId)
        return call(APPEND, [KEYS.events, KEYS.uuids, sessionKey(of), membersKey(of)], encodeEvent(event))
      })
      await runAll(session, calls)
    }
    const aside = content.aside.map(({ receivedAtMs, reason, text }) =>
      call(KEEP_ASIDE, [KEYS.aside], [JSON.stringify([receivedAtMs, reason, text])]),
    )
    await runAll(session, aside)
    const records = [...content.records].flat()
    await runAll(session, [call(END_FILL, [KEYS.records], [String(content.headPosition), ...records])])
  } finally {
    session.end(new Error('It is filled.'))
  }
}

/** Has the log get another name at the next start: it goes on elsewhere, and must not be taken for that. */
export async function disownRedis(url: string): Promise<void> {
  const session = await open(url)
  try {
    await runAll(session, [{ script: DISOWN, keys: [KEYS.log], args: [] }])
  } finally {
    session.end(new Error('It is done.'))
  }
}

function open(url: string): Promise<Session> {
  return openSession({ url, target: describeTarget(url), onLost: () => undefined })
}

async function runAll(session: Session, calls: readonly ScriptCall[]): Promise<void> {
  for (const outcome of await session.run(calls)) if (outcome.status === 'rejected') throw outcome.reason
}
