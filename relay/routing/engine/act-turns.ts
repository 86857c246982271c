import type { RoutedAct } from '../../../shared/rules/routed-calls.ts'
import { describeError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import type { ActOrder, CarryOut } from '../act-order.ts'

/** Carries out what is due: of one customer's call one act after the other, so that none overtakes what RingCentral is asked before. */
export interface ActTurns {
  order(act: RoutedAct): void
  /** Resolves when everything that was begun is over; nothing is begun any more. */
  close(): Promise<void>
}

export interface ActTurnsOptions {
  readonly carryOut: CarryOut
  /** Whether an act that had to wait can still be done. */
  readonly isStillDue: (act: RoutedAct) => boolean
  /** It could not, and was not. */
  readonly onDropped: (act: RoutedAct) => void
  readonly logger: Logger
}

export function createActTurns({ carryOut, isStillDue, onDropped, logger }: ActTurnsOptions): ActTurns {
  /** By call: resolves when all that was ordered of it is over. */
  const calls = new Map<string, Promise<void>>()
  const alerts = new Set<Promise<void>>()
  let isClosed = false

  async function carry(act: RoutedAct): Promise<void> {
    try {
      await carryOut(describeOrder(act))
    } catch (error) {
      const { telephonySessionId } = act.leg
      logger.error(
        { err: describeError(error), act: act.act.kind, telephonySessionId },
        'What a rule wants could not be carried out',
      )
    }
  }

  async function carryInTurn(act: RoutedAct, before: Promise<void>): Promise<void> {
    await before
    if (isClosed) return
    if (isStillDue(act)) await carry(act)
    else onDropped(act)
  }

  return {
    order(act) {
      if (isClosed) return
      // An alert asks RingCentral nothing, and is as good when the phone has stopped to ring.
      if (act.act.kind === 'alert') {
        const alert = carry(act).finally(() => alerts.delete(alert))
        alerts.add(alert)
        return
      }
      const before = calls.get(act.callId)
      const turn = (before === undefined ? carry(act) : carryInTurn(act, before)).finally(() => {
        if (calls.get(act.callId) === turn) calls.delete(act.callId)
      })
      calls.set(act.callId, turn)
    },
    async close() {
      isClosed = true
      await Promise.all([...calls.values(), ...alerts])
    },
  }
}

function describeOrder({ rule, act, actId, leg }: RoutedAct): ActOrder {
  const { telephonySessionId, partyId, ownerId, phase, caller } = leg
  return {
    rule: rule.name,
    act,
    actId,
    telephonySessionId,
    partyId,
    ownerId,
    agentId: phase === 'waits' ? undefined : ownerId,
    caller,
  }
}
