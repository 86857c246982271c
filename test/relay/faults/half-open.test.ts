import { afterEach, expect, it } from 'vitest'
import { SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { readMetric } from '../../support/read-metric.ts'
import { type ExtensionStream, openExtensionStream } from '../support/extension-stream.ts'
import { withClock } from '../support/process-clock.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'
import { type Direction, startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** Connections that both ends take for open while what is sent gets lost without a word. */

let scene: FaultScene
let network: TcpProxy
let stream: ExtensionStream | undefined
afterEach(async () => {
  stream?.close()
  await network.close()
  await scene.close()
})

/** The extension's stream through a network that can fail, once it is live. */
async function openThroughNetwork(hurry?: number): Promise<ExtensionStream> {
  network = await startTcpProxy(scene.relay.url)
  const opened = openExtensionStream({
    relayUrl: network.url,
    token: scene.supervisor.token,
    seesAll: true,
    ...(hurry !== undefined && { hurry }),
  })
  stream = opened
  await eventually(() => expect(opened.connections.at(-1)).toBe('live'))
  return opened
}

const knownClients = () => readMetric(scene.relay.url, 'ringside_clients')

const post = (count: number) => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count, atATime: 8 })

/** Timers of the protocol, at both ends, run so many times faster. */
const HURRY = 10

it.each<[what: string, lost: readonly Direction[]]>([
  ['from the relay', ['toClient']],
  ['in both directions', ['toClient', 'toTarget']],
])(
  'are noticed by the extension when what comes %s is lost, and nothing is missing afterwards',
  async (_what, lost) => {
    scene = await startFaultScene({ environment: withClock({ hurry: { factor: HURRY, fromMs: 20 * SECOND_MS } }) })
    const opened = await openThroughNetwork(HURRY)
    await post(20)
    await eventually(() => expect(opened.positions).toHaveLength(20))
    network.lose(...lost)
    await post(20)
    await eventually(() => expect(opened.connections).toContain('lost'))
    await eventually(() => expect(opened.positions).toHaveLength(40))
    expect(opened.welcomes.at(-1)?.resumed).toBe(true)
    expect([...opened.positions].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  },
)

it('are given up by the relay when nothing of the extension comes through, while that still reads everything', async () => {
  scene = await startFaultScene({ environment: withClock({ hurry: { factor: HURRY, fromMs: 20 * SECOND_MS } }) })
  const opened = await openThroughNetwork()
  expect(await knownClients()).toBe(1)
  network.lose('toTarget')
  await post(20)
  await eventually(() => expect(opened.positions).toHaveLength(20))
  // What it sends back is lost, and it can't know; the relay ends it, which it sees, and it comes back.
  await eventually(() => expect(opened.welcomes.length).toBeGreaterThan(1))
  await eventually(async () => expect(await knownClients()).toBe(1))
  await post(20)
  await eventually(() => expect(opened.positions).toHaveLength(40))
})
