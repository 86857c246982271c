import { expect } from 'vitest'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'

/** Puts every card away, folded ones as well. Some go by themselves meanwhile. */
export async function putAway(card: CardReader): Promise<void> {
  const putOneAway = async () => {
    for (const control of ['.folded', '.hide']) {
      if ((await card.box(control)) !== undefined) await card.click(control)
    }
    expect(await card.texts('.card, .pill')).toEqual([])
  }
  await eventually(putOneAway)
}
