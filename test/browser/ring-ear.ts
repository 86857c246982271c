import type { CDPSession } from 'playwright-core'
import type { Scene } from './scene.ts'

/** What can be heard of the extension, as the browser's own tools tell it: they look into its page that makes sounds. */
export interface RingEar {
  /** `undefined`: there is no such page, and nothing to be heard. */
  hear(): Promise<HeardSound | undefined>
  /** How many times such a page has come since one listens. */
  begun(): number
}

export interface HeardSound {
  /** `running`: what is played goes to the output. */
  readonly state: string
  /** Chrome's id of the output; `''`: the usual one. */
  readonly sinkId: string
  /** Of each source, whether it goes on and on. */
  readonly loops: readonly boolean[]
  /** From 0 to 1, as it was set last. */
  readonly gain: number
}

const FILE = '/ring-sound.html'

export async function listenToRing({ browser }: Pick<Scene, 'browser'>): Promise<RingEar> {
  // A page of the extension that starts no worker by being there.
  const session = await browser.context.newCDPSession(await browser.open('icon/16.png'))
  const begun = new Set<string>()
  session.on('Target.targetCreated', ({ targetInfo: { url, targetId } }) => {
    if (url.endsWith(FILE)) begun.add(targetId)
  })
  session.on('Target.targetInfoChanged', ({ targetInfo: { url, targetId } }) => {
    if (url.endsWith(FILE)) begun.add(targetId)
  })
  await session.send('Target.setDiscoverTargets', { discover: true })
  return {
    begun: () => begun.size,
    hear: async () => {
      const { targetInfos } = await session.send('Target.getTargets')
      const target = targetInfos.find(({ url }) => url.endsWith(FILE))
      return target && lookInto(session, target.targetId)
    },
  }
}

/** Runs in the page, over the objects of each kind that there are. */
const DESCRIBE = `function (contexts, sources, gains) {
  return contexts.length === 0 || sources.length === 0 ? undefined : {
    state: contexts[0].state,
    sinkId: contexts[0].sinkId,
    loops: sources.map(({ loop }) => loop),
    gain: gains[0].gain.value,
  }
}`

/** `undefined` where the page goes meanwhile. */
async function lookInto(session: CDPSession, targetId: string): Promise<HeardSound | undefined> {
  const attached = await session.send('Target.attachToTarget', { targetId }).catch(() => undefined)
  if (attached === undefined) return undefined
  const { sessionId } = attached
  const waiting = new Map<number, (result: unknown) => void>()
  let asked = 0
  session.on('Target.receivedMessageFromTarget', (received) => {
    if (received.sessionId !== sessionId) return
    const { id, result } = JSON.parse(received.message)
    waiting.get(id)?.(result)
  })
  session.on('Target.detachedFromTarget', (detached) => {
    if (detached.sessionId === sessionId) for (const answer of waiting.values()) answer(undefined)
  })

  function ask<T>(method: string, params: object): Promise<T | undefined> {
    asked += 1
    const id = asked
    const answered = new Promise<T | undefined>((resolve) => {
      waiting.set(id, (result) => resolve(result as T | undefined))
    })
    const message = JSON.stringify({ id, method, params })
    const sent = session.send('Target.sendMessageToTarget', { sessionId, message })
    return sent.then(
      () => answered,
      () => undefined,
    )
  }

  async function find(kind: string): Promise<string | undefined> {
    const prototype = await ask<{ result: { objectId?: string } }>('Runtime.evaluate', {
      expression: `${kind}.prototype`,
    })
    const prototypeObjectId = prototype?.result.objectId
    const found = await ask<{ objects: { objectId?: string } }>('Runtime.queryObjects', { prototypeObjectId })
    return found?.objects.objectId
  }

  const [contexts, sources, gains] = [
    await find('AudioContext'),
    await find('AudioBufferSourceNode'),
    await find('GainNode'),
  ]
  const described = await ask<{ result: { value?: HeardSound } }>('Runtime.callFunctionOn', {
    objectId: contexts,
    functionDeclaration: DESCRIBE,
    arguments: [contexts, sources, gains].map((objectId) => ({ objectId })),
    returnByValue: true,
  })
  await session.send('Target.detachFromTarget', { sessionId }).catch(() => undefined)
  return described?.result.value
}
