import { type CallView, selectView } from '../../../shared/call/view.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadStream, type StreamName } from '../../support/streams.ts'
import { caller, callOf, MY_EXTENSION_ID, mine } from './cast.ts'

export function viewOf(...notifications: readonly TelephonyNotification[]): CallView {
  const view = selectView(callOf(...notifications), MY_EXTENSION_ID)
  if (view === undefined) throw new Error('I should have a part in the call')
  return view
}

export function phasesOf(name: StreamName, extensionId = AGENT_EXTENSION_ID) {
  const stream = loadStream(name)
  return stream.map((_, index) => selectView(callOf(...stream.slice(0, index + 1)), extensionId)?.phase)
}

export const incoming = [step(2, 0, 'Answered', caller), step(3, 10, 'Setup', mine), step(4, 40, 'Proceeding', mine)]
