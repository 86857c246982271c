import type { Clock } from '../../../shared/clock.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import type { Capabilities } from '../../capabilities.ts'
import { type ActAnswer, DONE, describeActFailure } from '../../control/act-answer.ts'
import { isNotGranted } from '../../control/note-outcome.ts'
import { wordsOf } from '../../control/refusal.ts'
import { createRefusalMemory } from '../../control/refusal-memory.ts'
import { RingCentralError } from '../../ringcentral/api.ts'
import type { ActOrder } from '../act-order.ts'
import { ACTS_PER_MINUTE } from './act-budget.ts'
import type { Asker } from './askers.ts'
import { otherRequestOf, requestOf } from './request-of.ts'

/**
 * Asks RingCentral for an act as one after the other, until somebody may: who is refused it, limited or signed out has done nothing.
 * What RingCentral forbids to somebody is not asked as them again within the hour.
 */
export interface AskInTurn {
  /** Who can be asked first; an answer when nobody can. Takes a request of theirs. */
  begin(order: ActOrder): Turn | { readonly answer: ActAnswer }
  /** Resolves with what came of it and as whom; what RingCentral is asked is asked once. */
  ask(order: ActOrder, turn: Turn): Promise<{ readonly answer: ActAnswer; readonly asker: Asker }>
}

export interface Turn {
  readonly asker: Asker
  /** Who comes after them. */
  readonly others: readonly Asker[]
  /** Why those before could not do it. */
  readonly obstacles: readonly ActAnswer[]
}

export interface AskInTurnDependencies {
  readonly listAskers: (order: ActOrder) => readonly Asker[]
  /** Whether an extension is a queue, whose leg stands for a caller who waits. */
  readonly isQueueId: (extensionId: string) => boolean
  readonly capabilities: Pick<Capabilities, 'note'>
  readonly clock: Clock
}

export function createAskInTurn(dependencies: AskInTurnDependencies): AskInTurn {
  const { listAskers, isQueueId, capabilities, clock } = dependencies
  const refusals = createRefusalMemory(clock)

  function next(
    order: ActOrder,
    [asker, ...others]: readonly Asker[],
    obstacles: readonly ActAnswer[],
  ): ReturnType<AskInTurn['begin']> {
    if (asker === undefined) return { answer: selectObstacle(obstacles) }
    const obstacle = findObstacle(order, asker)
    return obstacle === undefined ? { asker, others, obstacles } : next(order, others, [...obstacles, obstacle])
  }

  function findObstacle(order: ActOrder, asker: Asker): ActAnswer | undefined {
    const refusal = refusals.find(kindsOf(order, asker))
    if (refusal !== undefined) return describeActFailure(refusal.error)
    const waitMs = asker.take()
    return waitMs === 0 ? undefined : { outcome: 'limited', words: LIMITED, retryAfterMs: waitMs }
  }

  async function send(order: ActOrder, asker: Asker): Promise<void> {
    const request = requestOf(order)
    if (request === undefined) return
    try {
      await asker.send(request)
    } catch (error) {
      const other = order.ownerId !== undefined && isQueueId(order.ownerId) ? otherRequestOf(order) : undefined
      if (other === undefined || !(error instanceof RingCentralError) || error.status !== 409) throw error
      await asker.send(other)
    }
  }

  async function askOne(order: ActOrder, asker: Asker): Promise<ActAnswer> {
    try {
      await send(order, asker)
      note(order, asker, undefined)
      return DONE
    } catch (error) {
      const answer = describeActFailure(error)
      if (error instanceof RingCentralError && error.status === 403 && answer.outcome === 'refused') {
        const [everywhere, here] = kindsOf(order, asker)
        refusals.remember(isNotGranted(error) ? everywhere : here, error)
        if (isNotGranted(error)) note(order, asker, wordsOf(error))
      }
      return answer
    }
  }

  /** Of a person it is what they see of their own actions. */
  function note({ act }: ActOrder, { extensionId }: Asker, refusal: string | undefined): void {
    if (extensionId !== undefined) capabilities.note('callControl', refusal, extensionId)
    else capabilities.note(act.kind === 'supervise' ? 'ruleSupervision' : 'rules', refusal)
  }

  async function ask(order: ActOrder, { asker, others, obstacles }: Turn): ReturnType<AskInTurn['ask']> {
    const answer = await askOne(order, asker)
    if (!mayBeAskedAsAnother(answer)) return { answer, asker }
    const following = next(order, others, [...obstacles, answer])
    return 'answer' in following ? { ...following, asker } : ask(order, following)
  }

  return { begin: (order) => next(order, listAskers(order), []), ask }
}

const LIMITED = `Rules send at most ${ACTS_PER_MINUTE} requests a minute as one user`

/** What a refusal holds for: all that somebody does in this way, or only what they do in this way to legs of one extension. */
function kindsOf({ act, ownerId }: ActOrder, { extensionId = 'relay' }: Asker): readonly [string, string] {
  return [`${extensionId} ${act.kind}`, `${extensionId} ${act.kind} ${ownerId}`]
}

/** RingCentral has done nothing, and it is because of who asked. */
function mayBeAskedAsAnother({ outcome, status }: ActAnswer): boolean {
  if (outcome === 'limited' || outcome === 'failed') return true
  return outcome === 'refused' && (status === 401 || status === 403)
}

/** Of all that stands in the way the one that goes away soonest. */
function selectObstacle(obstacles: readonly ActAnswer[]): ActAnswer {
  const byWait = obstacles
    .filter(({ outcome }) => outcome === 'limited')
    .sort((a, b) => (a.retryAfterMs ?? HOUR_MS) - (b.retryAfterMs ?? HOUR_MS))
  return byWait[0] ?? obstacles.at(-1) ?? { outcome: 'failed' }
}
