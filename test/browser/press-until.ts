import { eventually } from '../support/eventually.ts'

/** Longer than a button has to have been seen before it acts: a click that comes too early is no reason to wait anew. */
export const PRESS = { intervalMs: 600 }

/** Presses until that has been taken; `what` is said where it never is. */
export async function pressUntil(
  isTaken: () => Promise<boolean> | boolean,
  what: string,
  press: () => Promise<void>,
): Promise<void> {
  await eventually(async () => {
    if (await isTaken()) return
    await press()
    throw new Error(`${what} has not taken the click`)
  }, PRESS)
}
