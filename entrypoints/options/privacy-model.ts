import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { Status } from '../lib/contract/messages.ts'
import type { StoreOwner } from '../lib/store/store-name.ts'
import { isMasking, setMasking } from '../lib/wording/masking.ts'
import type { Feedback } from '../ui/setup/feedback.ts'
import { createExportAndWipeModel, type ExportAndWipeModel } from './export-and-wipe-model.ts'
import { createPreviousUsersModel, type PreviousUsersModel } from './previous-users-model.ts'
import { createRetentionModel, type RetentionModel } from './retention-model.ts'
import { createStorageUseModel, type StorageUseModel } from './storage-use-model.ts'

/** What is kept of the person, what others may see of it, and how to export or delete it. */
export interface PrivacyModel {
  readonly isMasking: ReadonlySignal<boolean>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  readonly retention: RetentionModel
  readonly storageUse: StorageUseModel
  readonly exportAndWipe: ExportAndWipeModel
  readonly previousUsers: PreviousUsersModel
  setMasking(isWanted: boolean): Promise<void>
}

export function createPrivacyModel(
  status: ReadonlySignal<Status | undefined>,
  left: ReadonlySignal<StoreOwner | undefined>,
): PrivacyModel {
  const feedback = signal<Feedback>()
  return {
    isMasking,
    feedback,
    retention: createRetentionModel(),
    storageUse: createStorageUseModel(status),
    exportAndWipe: createExportAndWipeModel(status),
    previousUsers: createPreviousUsersModel(status, left),
    setMasking: async (isWanted) => {
      await setMasking(isWanted)
      feedback.value = { kind: 'done', text: i18n.t(isWanted ? 'privacy.maskOn' : 'privacy.maskOff') }
    },
  }
}
