import type { CapabilityName } from '../../shared/protocol/http/capabilities.ts'
import type { Capabilities } from '../capabilities.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { isPermissionMissing } from '../ringcentral/verdicts.ts'
import { wordsOf } from './refusal.ts'

/** What is tried, and for whom. */
export interface Trial {
  readonly name: CapabilityName
  readonly extensionId: string
  /** Whether a refusal says that the person can't do it at all; unless given, that permission or feature is missing. */
  readonly isForGood?: (error: RingCentralError) => boolean
}

/** Account or extension lack a feature. */
const NO_FEATURE = 'CMN-407'

/** Whether RingCentral says that a permission or a feature is missing. */
export function isNotGranted(error: RingCentralError): boolean {
  return isPermissionMissing(error) || error.codes.includes(NO_FEATURE)
}

/** Asks RingCentral, and remembers how it went. */
export async function noteOutcome<T>(
  capabilities: Pick<Capabilities, 'note'>,
  { name, extensionId, isForGood = isNotGranted }: Trial,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    const answer = await ask()
    capabilities.note(name, undefined, extensionId)
    return answer
  } catch (error) {
    if (error instanceof RingCentralError && isForGood(error)) {
      capabilities.note(name, wordsOf(error), extensionId)
    }
    throw error
  }
}
