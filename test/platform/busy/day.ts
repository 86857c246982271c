import { SECOND_MS } from '../../../shared/time.ts'
import { isRinging } from '../calls/party-state.ts'
import { hangUp } from '../calls/steps/leave.ts'
import { letRing } from './answering.ts'
import { letCallsArrive } from './arrivals.ts'
import { createFloor, type Floor, type FloorWorld, findCaller } from './floor.ts'
import { letTalk } from './talking.ts'

/** How long somebody listens to a queue that asks for a message. */
const MESSAGE_S = { min: 8, max: 30 }

/**
 * Lets a day of many calls begin. People who act alone call, answer, hold, transfer and park as they would; those who are `aside`
 * are left to others. With the same seed, on a clock that a test moves, it is the same day, but for the ids.
 */
export function beginBusyDay(world: FloorWorld): Pick<Floor, 'isOwn'> {
  const floor = createFloor(world)
  floor.calls.onChange((session, before, after) => {
    const chances = floor.chancesOf(session)
    if (chances === undefined) return
    const { id, role, code, owner } = after
    if (role === 'called' && code === 'Proceeding' && before.code !== 'Proceeding') letRing(floor, session, after)
    if (role === 'called' && code === 'Answered' && isRinging(before.code)) {
      // Of an outgoing call its caller is the one who acts.
      const agent = owner === undefined ? findCaller(session) : after
      if (agent?.owner !== undefined && floor.actsAlone(agent.owner)) letTalk(floor, session, agent)
    }
    if (role === 'queue' && code === 'VoiceMail') {
      floor.after(chances.between(MESSAGE_S.min, MESSAGE_S.max) * SECOND_MS, () => {
        const caller = findCaller(session)
        if (caller !== undefined && session.party(id).code === 'VoiceMail') hangUp(session, caller.id)
      })
    }
  })
  letCallsArrive(floor, world.seed)
  return floor
}
