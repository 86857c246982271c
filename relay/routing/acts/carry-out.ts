import type { ActRecord } from '../../../shared/protocol/act.ts'
import { type ActAnswer, DONE } from '../../control/act-answer.ts'
import type { Directory } from '../../directory/directory.ts'
import type { EventLog } from '../../log/event-log.ts'
import type { Logger } from '../../logger.ts'
import { actEvent } from '../../wire/act-record.ts'
import type { ActOrder, CarryOut } from '../act-order.ts'
import { type AskInTurnDependencies, createAskInTurn } from './ask-in-turn.ts'
import { describeAct } from './request-of.ts'

export interface CarryOutDependencies extends AskInTurnDependencies {
  readonly log: Pick<EventLog, 'append'>
  /** Tells which extension has a number. */
  readonly directory: Pick<Directory, 'people'>
  readonly logger: Logger
}

/**
 * Carries out what rules want, each act at most once: that it is intended is in the log before RingCentral is asked, and whoever
 * finds it there, in whatever process and after whatever crash, does not ask. RingCentral's answer follows it. An order that RingCentral is
 * not asked for has its answer alone.
 */
export function createCarryOut(dependencies: CarryOutDependencies): CarryOut {
  const { log, directory, clock, logger } = dependencies
  const turns = createAskInTurn(dependencies)

  async function append(record: ActRecord, isFirst: boolean): Promise<boolean> {
    const toldTo = findAddressee(record)
    const { isNew } = await log.append(actEvent(record, { receivedAtMs: clock.nowMs(), isFirst, toldTo }))
    return isNew
  }

  /** Who is told of it: the extension that the call is sent to, or that is alerted. */
  function findAddressee({ to }: ActRecord): string | undefined {
    if (to === undefined || to === 'watchers') return undefined
    if ('extensionId' in to) return to.extensionId
    if (!('extensionNumber' in to)) return undefined
    return [...directory.people].find(([, { extensionNumber }]) => extensionNumber === to.extensionNumber)?.[0]
  }

  /** Not the rule's name, which may be a customer's: the audit has it. */
  function tell({ act, telephonySessionId }: ActOrder, { outcome, status }: ActAnswer): void {
    logger.info({ act: act.kind, outcome, status, telephonySessionId }, 'A rule acted on a call')
  }

  /** Where nothing is asked, the answer is the first record. */
  async function answerAtOnce(order: ActOrder, answer: ActAnswer): Promise<void> {
    const isNew = await append({ step: 'answered', ...describeOrder(order), ...answer }, true)
    if (isNew) tell(order, answer)
  }

  return async function carryOut(order) {
    if (order.act.kind === 'alert') return answerAtOnce(order, DONE)
    const turn = turns.begin(order)
    if ('answer' in turn) return answerAtOnce(order, turn.answer)
    const common = describeOrder(order)
    const isNew = await append({ step: 'intended', ...common, ...asWhom(turn.asker) }, true)
    if (!isNew) return
    const { answer, asker } = await turns.ask(order, turn)
    tell(order, answer)
    await append({ step: 'answered', ...common, ...asWhom(asker), ...answer }, false)
  }
}

function asWhom({ extensionId }: { readonly extensionId: string | undefined }): Pick<ActRecord, 'asWhom'> {
  return extensionId === undefined ? {} : { asWhom: extensionId }
}

function describeOrder({ actId, telephonySessionId, partyId, ownerId, rule, act, caller }: ActOrder) {
  return {
    actId,
    telephonySessionId,
    partyId,
    ...(ownerId !== undefined && { from: ownerId }),
    by: { rule },
    ...describeAct(act),
    ...(caller !== undefined && { caller }),
  }
}
