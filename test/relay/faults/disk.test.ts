import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { itWhere, itWith } from '../../support/it-with.ts'
import { notification } from '../support/notification.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'
import type { PostAnswer } from './checker/program.ts'
import { type FaultScene, lastWords, readAsBoth, startFaultScene } from './fault-scene.ts'
import { canMount, fillDisk, limitFileSize, mountSmallDisk, UNLIMITED } from './full-disk.ts'

/** What the relay does when its disk is full: it refuses, reads out what is there, and goes on when there is room. */

let scene: FaultScene
afterEach(() => scene.close())

async function readiness(): Promise<{ status: number; parts: unknown }> {
  const response = await fetch(`${scene.relay.url}/readyz`)
  const { parts } = (await response.json()) as { parts?: readonly { part: string }[] }
  return { status: response.status, parts: parts?.map(({ part }) => part) }
}

const FULL = { status: 503, parts: ['log'] }

/** Nobody writes: the relay finds out by itself. */
function waitUntilReady(): Promise<void> {
  return eventually(async () => expect(await readiness()).toMatchObject({ status: 200 }))
}

const burst = (count: number): Promise<PostAnswer> =>
  scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count, atATime: 16 })

/** Posts so many, and expects the disk to become full over it: some are taken, the others refused, none left without an answer. */
async function burstUntilFull(count: number): Promise<void> {
  const { statuses } = await burst(count)
  expect(Object.keys(statuses), await lastWords(scene.relay)).toEqual(['200', '503'])
}

async function burstOnFreeDisk(count: number): Promise<void> {
  const { statuses } = await burst(count)
  expect(statuses, await lastWords(scene.relay)).toEqual({ 200: count })
}

itWith('prlimit')('answers 503 while the disk is full, and goes on by itself when there is room', async () => {
  scene = await startFaultScene()
  await readAsBoth(scene)
  const { checker, relay } = scene
  await burstOnFreeDisk(200)

  fillDisk(scene)
  await burstUntilFull(2000)
  expect(await readiness()).toEqual(FULL)
  // What is there can be read meanwhile.
  expect(await checker.wait()).toBe(true)
  // No storm in the log: once that it fails, not once an event.
  expect(relay.log.filter((line) => line.includes('A notification could not be stored'))).toHaveLength(1)
  expect(relay.log.length).toBeLessThan(20)

  limitFileSize(relay.pid, UNLIMITED)
  await waitUntilReady()
  await burstOnFreeDisk(200)
  expect(await checker.wait()).toBe(true)

  await relay.end('SIGTERM')
  await scene.start()
  expect((await checker.verdict()).problems).toEqual([])
})

itWith('prlimit')(
  'answers every delivery on a full disk, small or large, while people come and go and write too',
  async () => {
    scene = await startFaultScene()
    await readAsBoth(scene)
    const { checker, relay, agent } = scene
    fillDisk(scene)
    let isPosting = true
    // Each hello begins a token's life anew, which is a commit of its own beside those of the events.
    const comeAndGo = async (): Promise<void> => {
      while (isPosting) {
        const client = await openStream(relay.url)
        client.hello(agent.token)
        await client.welcome()
        await client.close()
      }
    }
    const postLarge = async (): Promise<void> => {
      for (let sequence = 2; isPosting; sequence++) {
        const event = notification({ telephonySessionId: 's-large', sequence, owners: ['400199'] })
        const response = await fetch(`${relay.url}/webhook`, {
          method: 'POST',
          headers: { 'verification-token': scene.secret() },
          body: JSON.stringify({ ...event, filler: 'x'.repeat((sequence % 10) * 100_000) }),
        })
        // The checker knows nothing of these, so all of them must be refused.
        expect([sequence, response.status]).toEqual([sequence, 503])
      }
    }
    await burstUntilFull(1500)
    const others = Promise.all([comeAndGo(), comeAndGo(), comeAndGo(), postLarge(), postLarge()])
    const { statuses } = await burst(1500).finally(() => {
      isPosting = false
    })
    expect(statuses, await lastWords(relay)).toEqual({ 503: 1500 })
    await others

    limitFileSize(relay.pid, UNLIMITED)
    await waitUntilReady()
    await burstOnFreeDisk(200)
    expect(await checker.wait()).toBe(true)
    // A folder in which a refused commit has left traces would be taken for damaged.
    await relay.end('SIGKILL')
    await scene.start()
    expect((await checker.verdict()).problems).toEqual([])
  },
)

itWith('prlimit')(
  'says to somebody who signs in while the disk is full that it is, and lets them in afterwards',
  async () => {
    scene = await startFaultScene()
    fillDisk(scene, 'records')
    await burstUntilFull(2000)
    await expect(signIn(scene, '400103')).rejects.toThrow(
      /^The sign-in ended with 503: \{"status":503,"code":"not_stored","detail":"Nothing can be stored now: there should be room/,
    )
    // To sign out takes no more than the room that is kept for removing.
    const signedOut = await fetch(`${scene.relay.url}/auth/token`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${scene.agent.token}` },
    })
    expect(signedOut.status).toBe(204)

    limitFileSize(scene.relay.pid, UNLIMITED)
    await waitUntilReady()
    expect((await signIn(scene, '400103')).user.extensionId).toBe('400103')
  },
)

itWhere(canMount(), 'this user may mount no file system')(
  'does the same on a file system that is full, and starts on it',
  async () => {
    const disk = mountSmallDisk('2m')
    try {
      scene = await startFaultScene({ dataFolder: join(disk.folder, 'relay') })
      await readAsBoth(scene)
      await burstUntilFull(3000)
      // A relay that is started on the full disk serves what is there.
      await scene.relay.end('SIGKILL')
      await scene.start('/healthz')
      expect(await readiness()).toMatchObject({ status: 503 })
      expect(await scene.checker.wait()).toBe(true)
      disk.resize('64m')
      await waitUntilReady()
      await burstOnFreeDisk(2000)
      expect(await scene.checker.wait()).toBe(true)
      expect((await scene.checker.verdict()).problems).toEqual([])
    } finally {
      disk.remove()
    }
  },
)
