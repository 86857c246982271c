import { EXTENSION_ID } from '../../../shared/extension-key.ts'

/** Where the extension's sign-in ends, and where its requests come from. */
export const REDIRECT_URI = `https://${EXTENSION_ID}.chromiumapp.org/`
export const EXTENSION_ORIGIN = `chrome-extension://${EXTENSION_ID}`
