import { expect, it } from 'vitest'
import { createActTurns } from '../../../../relay/routing/engine/act-turns.ts'
import type { RoutedAct } from '../../../../shared/rules/routed-calls.ts'
import { createCollectedLogger } from '../../support/collected-logger.ts'

it('an act that could not be carried out is told with its session, and without what its rule is called', async () => {
  const { logger, text } = createCollectedLogger()
  const turns = createActTurns({
    carryOut: async () => {
      throw new Error('The event could not be stored.')
    },
    isStillDue: () => true,
    onDropped: () => undefined,
    logger,
  })
  const act = {
    callId: 's-1',
    actId: 'a-1',
    rule: { name: 'Grace Okonkwo goes to Ines' },
    act: { kind: 'forward', to: { extensionId: '400101' } },
    leg: { telephonySessionId: 's-1', partyId: 'p-1', ownerId: '400102', phase: 'rings', caller: '+14085550123' },
  } as unknown as RoutedAct
  turns.order(act)
  await turns.close()
  expect(text()).toContain('"err":"The event could not be stored.","act":"forward","telephonySessionId":"s-1"')
  expect(text()).not.toContain('Okonkwo')
})
