import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { readMetric } from '../../support/read-metric.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { notification } from '../support/notification.ts'
import { withClock } from '../support/process-clock.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** A thousand clients behind one address, and what one of them or a stranger can do to the others. */

const CLIENTS = 1000

interface Member {
  readonly socket: WebSocket
  readonly positions: number[]
  epoch: string
  closeCode: number | undefined
}

interface Cursor {
  readonly epoch: string
  readonly position: number
}

let scene: FaultScene
/** Of the log, as the test has filled it. */
let head = 0
let sequence = 1
beforeAll(async () => {
  // Whoever is cut has a minute more to take what waits: this process reads for all of them, and others may be busy too.
  scene = await startFaultScene({ environment: withClock({ hurry: { factor: 1 / 10, fromMs: 10 * SECOND_MS } }) })
})
afterAll(() => scene.close())

function join(cursor: Cursor | null = null, token = scene.supervisor.token): Promise<Member> {
  const socket = new WebSocket(`${scene.relay.url.replace('http', 'ws')}/v1/stream`, {
    origin: EXTENSION_ORIGIN,
    perMessageDeflate: false,
  })
  const member: Member = { socket, positions: [], epoch: '', closeCode: undefined }
  return new Promise((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', token, after: cursor, client: 'crowd/1' })))
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as {
        type: string
        epoch: string
        events: readonly { position: number }[]
      }
      if (message.type === 'welcome') member.epoch = message.epoch
      if (message.type === 'events') member.positions.push(...message.events.map(({ position }) => position))
      // The first ping says that everything has been sent.
      if (message.type === 'ping') resolve(member)
    })
    socket.on('close', (code) => {
      member.closeCode = code
      reject(new Error(`closed with ${code}`))
    })
    socket.on('error', reject)
  })
}

/** As the extension does: comes back until it is let in. */
async function joinAnyway(cursor: Cursor | null, token?: string): Promise<Member> {
  for (;;) {
    try {
      return await join(cursor, token)
    } catch {
      // With full jitter, so that not all come back together.
      await after(Math.random() * 200)
    }
  }
}

const post = (count: number) => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count, atATime: 16 })
const upTo = (head: number) => Array.from({ length: head }, (_, index) => index + 1)

/** Posts events one after the other, and expects them to be taken. */
async function postFor(extensionId: string, count: number, filler = ''): Promise<void> {
  for (let index = 0; index < count; index++) {
    sequence += 1
    const event = {
      ...notification({ telephonySessionId: `s-${extensionId}`, sequence, owners: [extensionId] }),
      filler,
    }
    const response = await fetch(`${scene.relay.url}/webhook`, {
      method: 'POST',
      headers: { 'verification-token': scene.secret() },
      body: JSON.stringify(event),
    })
    expect(response.status).toBe(200)
    head += 1
  }
}

/** Of what was sent to anybody. */
const readUntakenBytes = () => readMetric(scene.relay.url, 'ringside_backlog_bytes')

it('cuts one slow client among a thousand, whom nobody else notices and who resumes whole', async () => {
  const agents = await Promise.all(Array.from({ length: CLIENTS - 10 }, () => joinAnyway(null, scene.agent.token)))
  const supervisors = await Promise.all(Array.from({ length: 9 }, () => joinAnyway(null)))
  const slow = await joinAnyway(null)
  slow.socket.pause()
  // A megabyte for supervisors at a time, and one event for everybody, until nothing more is handed over for the one who reads
  // nothing: the system takes some megabytes at first, and then the relay cuts them.
  const own: number[] = []
  let untakenBytes = 0
  let untakenBefore: number
  do {
    untakenBefore = untakenBytes
    await postFor('400104', 10, 'x'.repeat(100_000))
    await postFor(scene.agent.user.extensionId, 1)
    own.push(head)
    await eventually(() =>
      expect(supervisors.map(({ positions }) => positions.at(-1))).toEqual(supervisors.map(() => head)),
    )
    untakenBytes = await readUntakenBytes()
  } while (untakenBytes === 0 || untakenBytes !== untakenBefore)
  for (const { positions } of supervisors) expect(positions).toEqual(upTo(head))
  await eventually(() => expect(agents.every(({ positions }) => positions.length === own.length)).toBe(true))
  for (const { positions, closeCode } of agents)
    expect({ positions, closeCode }).toEqual({ positions: own, closeCode: undefined })

  slow.socket.resume()
  await eventually(() => expect(slow.closeCode).toBeDefined())
  expect(slow.closeCode).toBe(4429)
  expect(slow.positions.length).toBeLessThan(head)
  const again = await join({ epoch: slow.epoch, position: slow.positions.at(-1) ?? 0 })
  expect([...slow.positions, ...again.positions]).toEqual(upTo(head))
  for (const { socket } of [...agents, ...supervisors, again]) socket.terminate()
})

it('takes a thousand clients back at once after it was killed', async () => {
  const [first] = await Promise.all([joinAnyway(null)])
  const cursor = { epoch: first?.epoch ?? '', position: first?.positions.at(-1) ?? 0 }
  first?.socket.terminate()
  await post(100)
  await scene.relay.end('SIGKILL')
  await scene.start()
  const crowd = await Promise.all(Array.from({ length: CLIENTS }, () => joinAnyway(cursor)))
  // What the relay itself found out about calls that it missed something of may follow.
  for (const { positions } of crowd) {
    expect(positions.slice(0, 100)).toEqual(upTo(100).map((step) => cursor.position + step))
  }
  for (const { socket } of crowd) socket.terminate()
})

it('lets sockets without a hello take their own room only, and cuts them after five seconds', async () => {
  const address = { 'x-forwarded-for': '198.51.100.9' }
  const open = () => {
    const socket = new WebSocket(`${scene.relay.url.replace('http', 'ws')}/v1/stream`, { headers: address })
    socket.on('error', () => undefined)
    return Promise.race([
      once(socket, 'open').then(() => ({ socket, status: 101 })),
      once(socket, 'unexpected-response').then(([, { statusCode }]) => ({ socket, status: statusCode as number })),
    ])
  }
  const opened = await Promise.all(Array.from({ length: 700 }, open))
  const waiting = opened.filter(({ status }) => status === 101)
  expect(waiting).toHaveLength(500)
  expect(opened.filter(({ status }) => status === 429)).toHaveLength(200)
  const neighbour = await join()
  const codes = await Promise.all(waiting.map(({ socket }) => once(socket, 'close').then(([code]) => code as number)))
  expect(new Set(codes)).toEqual(new Set([4408]))
  expect(neighbour.closeCode).toBeUndefined()
  neighbour.socket.terminate()
})
