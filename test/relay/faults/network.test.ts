import { afterEach, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type FaultScene, readAsBoth, startFaultScene } from './fault-scene.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** What a bad network between relay and clients does, through a proxy: slow, in slices, reset, gone for a while. */

let scene: FaultScene | undefined
let proxy: TcpProxy | undefined
afterEach(async () => {
  await proxy?.close()
  await scene?.close()
})

it('lets every client read everything through a network that delays, slices, resets and goes down', async () => {
  const started = await startFaultScene()
  scene = started
  const network = await startTcpProxy(started.relay.url)
  proxy = network
  network.shape({ maxPieceBytes: 1 })
  await readAsBoth(started, network.url)
  const burst = (count: number) =>
    started.checker.post({ url: started.relay.url, secret: started.secret(), count, atATime: 16 })
  await burst(20)
  expect(await started.checker.wait()).toBe(true)

  const shapes = [{ latencyMs: 40 }, { latencyMs: 5, maxPieceBytes: 7 }, { maxPieceBytes: 100 }, {}]
  for (const shape of shapes) {
    network.shape(shape)
    const posted = burst(300)
    await burst(50)
    // Each has its socket open: what is reset before that is no connection to the client.
    await eventually(() => expect(network.conversations).toBe(2))
    network.reset()
    await posted
  }
  network.setDown(true)
  await burst(300)
  network.setDown(false)
  expect(await started.checker.wait()).toBe(true)
  const { problems, clients } = await started.checker.verdict()
  expect(problems).toEqual([])
  for (const { connections } of clients) expect(connections).toBeGreaterThan(shapes.length)
})
