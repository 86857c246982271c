import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { Status } from '../lib/contract/messages.ts'
import { isMasking, setMasking } from '../lib/wording/masking.ts'
import type { Said } from '../ui/setup/said.ts'
import { createKeepingModel, type KeepingModel } from './keeping-model.ts'
import { createOthersModel, type OthersModel } from './others-model.ts'
import { createRoomModel, type RoomModel } from './room-model.ts'
import { createTakeModel, type TakeModel } from './take-model.ts'

/** What is kept of the person, what others may see of it, and what becomes of it. */
export interface PrivacyModel {
  readonly isMasking: ReadonlySignal<boolean>
  readonly said: ReadonlySignal<Said | undefined>
  readonly keeping: KeepingModel
  readonly room: RoomModel
  readonly take: TakeModel
  readonly others: OthersModel
  setMasking(isWanted: boolean): Promise<void>
}

export function createPrivacyModel(status: ReadonlySignal<Status | undefined>): PrivacyModel {
  const said = signal<Said>()
  return {
    isMasking,
    said,
    keeping: createKeepingModel(),
    room: createRoomModel(status),
    take: createTakeModel(status),
    others: createOthersModel(status),
    setMasking: async (isWanted) => {
      await setMasking(isWanted)
      said.value = { kind: 'done', text: i18n.t(isWanted ? 'privacy.maskOn' : 'privacy.maskOff') }
    },
  }
}
