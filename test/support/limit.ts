import { SECOND_MS } from '../../shared/time.ts'

/**
 * The longest that a test waits for anything, ms. What comes at all comes sooner on the busiest of machines: the limit is there
 * to end a test that has failed, and no test says anything by it.
 */
export const LIMIT_MS = 90 * SECOND_MS
