import { HOUR_MS, SECOND_MS } from '../../../shared/time.ts'
import { hangUp } from '../calls/steps/leave.ts'
import { callAgent, callOut } from '../calls/steps/ring.ts'
import type { Queue } from '../queue.ts'
import { drawNumber, drawOutsider } from './callers.ts'
import { type Chances, createChances, deriveSeed } from './chances.ts'
import { type Floor, findCaller } from './floor.ts'

/** Calls per hour, by where they come from; about 490 in all. */
const CALLS_PER_HOUR = { direct: 55, outgoing: 90, internal: 30 } as const
/** By the queue's name: as many as its agents can bear, and for one of them more. */
const QUEUE_CALLS_PER_HOUR: Readonly<Record<string, number>> = { Sales: 95, Support: 120, Billing: 42, Repairs: 62 }
const OTHER_QUEUE_CALLS_PER_HOUR = 40
/** How long a caller waits in a queue before they give up, on average. */
const PATIENCE_MS = 150 * SECOND_MS

/** Lets calls of all kinds begin, each kind at its own pace and by its own chances, for as long as the floor's time goes on. */
export function letCallsArrive(floor: Floor, seed: number): void {
  const sources: readonly { readonly perHour: number; readonly begin: (chances: Chances) => void }[] = [
    ...floor.company.queues.map((queue) => ({
      perHour: QUEUE_CALLS_PER_HOUR[queue.name] ?? OTHER_QUEUE_CALLS_PER_HOUR,
      begin: (chances: Chances) => callTheQueue(floor, queue, chances),
    })),
    { perHour: CALLS_PER_HOUR.direct, begin: (chances) => callSomebody(floor, chances) },
    { perHour: CALLS_PER_HOUR.outgoing, begin: (chances) => callOutside(floor, chances) },
    { perHour: CALLS_PER_HOUR.internal, begin: (chances) => callColleague(floor, chances) },
  ]
  for (const [index, { perHour, begin }] of sources.entries()) {
    const chances = createChances(deriveSeed(seed, -index - 1))
    const next = () =>
      floor.after(chances.wait(HOUR_MS / perHour), () => {
        next()
        begin(chances)
      })
    next()
  }
}

function callTheQueue(floor: Floor, queue: Queue, chances: Chances): void {
  const session = floor.open()
  const caller = drawOutsider(chances, floor.aside)
  const patienceMs = 3 * SECOND_MS + chances.wait(PATIENCE_MS)
  floor.desk.enter(session, caller, queue, { spares: (person) => !floor.actsAlone(person) })
  floor.after(patienceMs, () => {
    const isWaiting = session.present().some(({ role, code }) => role === 'queue' && code !== 'VoiceMail')
    const waits = findCaller(session)
    if (isWaiting && waits !== undefined) hangUp(session, waits.id)
  })
}

function callSomebody(floor: Floor, chances: Chances): void {
  const callee = chances.pick(floor.freePeople())
  if (callee !== undefined) callAgent(floor.open(), drawOutsider(chances, floor.aside), callee)
}

function callOutside(floor: Floor, chances: Chances): void {
  const caller = chances.pick(floor.freePeople())
  if (caller !== undefined) callOut(floor.open(), caller, { kind: 'outside', phoneNumber: drawNumber(chances) })
}

function callColleague(floor: Floor, chances: Chances): void {
  const caller = chances.pick(floor.freePeople())
  const callee = chances.pick(floor.freePeople().filter((person) => person !== caller))
  if (caller !== undefined && callee !== undefined) callAgent(floor.open(), { kind: 'colleague', who: caller }, callee)
}
