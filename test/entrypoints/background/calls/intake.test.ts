import { expect, it } from 'vitest'
import { type Arrived, createIntake, type Intake } from '../../../../entrypoints/background/calls/intake.ts'
import type { Received } from '../../../../entrypoints/lib/call/received.ts'

const context = { isComplete: true, nowMs: 1, endedCardMs: 1 }
const cursor = (position: number) => ({ relayUrl: 'https://relay.example.com', epoch: 'e', position })
const events = (count: number) => Array.from({ length: count }, () => ({}) as Received)

function begin(): { intake: Intake; seen: string[]; release: () => void } {
  const seen: string[] = []
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const intake = createIntake(async ({ received, cursor: at }: Arrived, { nowMs }) => {
    seen.push(`${received.length} to ${at?.position} at ${nowMs}`)
    await gate
    return { written: Promise.resolve() }
  })
  return { intake, seen, release }
}

it('takes in as one the frames that wait behind another', async () => {
  const { intake, seen, release } = begin()
  const first = intake.add({ received: events(1), cursor: cursor(1), isPast: true }, context)
  await expect.poll(() => seen).toHaveLength(1)
  const rest = [2, 3, 4].map((position) =>
    intake.add({ received: events(position), cursor: cursor(position), isPast: true }, { ...context, nowMs: position }),
  )
  const answer = intake.add({ received: events(1), cursor: undefined, isPast: true }, { ...context, nowMs: 5 })
  release()
  await Promise.all([first, ...rest, answer])
  expect(seen).toEqual(['1 to 1 at 1', '10 to 4 at 5'])
})

it('takes in what happens now as it happens', async () => {
  const { intake, seen, release } = begin()
  void intake.add({ received: [], cursor: cursor(0), isPast: true }, context)
  for (const [position, isPast] of [
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ] as const) {
    void intake.add({ received: events(1), cursor: cursor(position), isPast }, context)
  }
  release()
  await intake.settled()
  expect(seen).toEqual(['2 to 2 at 1', '1 to 3 at 1', '1 to 4 at 1'])
})

it('keeps apart what does not belong together: too many, another task between, another completeness', async () => {
  const { intake, seen, release } = begin()
  void intake.add({ received: [], cursor: cursor(0), isPast: true }, context)
  void intake.add({ received: events(300), cursor: cursor(1), isPast: true }, context)
  void intake.add({ received: events(300), cursor: cursor(2), isPast: true }, context)
  void intake.run(async () => seen.push('task'))
  void intake.add({ received: events(1), cursor: cursor(3), isPast: true }, context)
  void intake.add({ received: events(1), cursor: cursor(4), isPast: true }, { ...context, isComplete: false })
  release()
  await intake.settled()
  expect(seen).toEqual(['300 to 1 at 1', '300 to 2 at 1', 'task', '1 to 3 at 1', '1 to 4 at 1'])
})

it('goes on after something that went wrong', async () => {
  const intake = createIntake(async () => {
    throw new Error('a bug')
  })
  await expect(intake.add({ received: [], cursor: undefined, isPast: true }, context)).rejects.toThrow('a bug')
  await expect(intake.run(async () => 'done')).resolves.toBe('done')
})
