import { storage } from 'wxt/utils/storage'
import type { DeniedKind } from './rights.ts'

/** What RingCentral does not allow the person who is signed in; gone with the browser, and at the next sign-in. */
export const deniedActions = storage.defineItem<readonly DeniedKind[]>('session:deniedActions', { fallback: [] })
