import { selectOutcome } from '../../../../shared/call/outcome.ts'
import { selectMine } from '../../../../shared/call/roles.ts'
import type { TelephonyNotification } from '../../../../shared/protocol/notification.ts'
import { type StepFields, step } from '../../../support/notification.ts'
import { caller, callOf, MY_EXTENSION_ID, meCalling, mine, outsider } from '../cast.ts'

export type Story = readonly (readonly [who: StepFields, code: string, reason?: string | undefined])[]

export type OutcomeCase = readonly [title: string, outcome: string, story: Story]

/** What happened after another, each as an event of its own, 10 ms apart. */
export function tell(story: Story): readonly TelephonyNotification[] {
  return story.map(([who, code, reason], index) => step(index + 2, index * 10, code, { ...who, reason }))
}

export function outcomeOf(story: Story): string {
  const call = callOf(...tell(story))
  return selectOutcome(call, selectMine(call, MY_EXTENSION_ID))
}

export const rung: Story = [
  [caller, 'Answered'],
  [mine, 'Proceeding'],
]
export const talked: Story = [...rung, [mine, 'Answered']]
export const calling: Story = [
  [meCalling, 'Setup'],
  [outsider, 'Proceeding'],
  [meCalling, 'Proceeding'],
]
export const reached: Story = [...calling, [outsider, 'Answered'], [meCalling, 'Answered']]
