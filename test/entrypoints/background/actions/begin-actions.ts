import { type Actions, createActions } from '../../../../entrypoints/background/actions/actions.ts'
import { createDevices } from '../../../../entrypoints/background/actions/devices.ts'
import { createRights, type DeniedKind } from '../../../../entrypoints/background/actions/rights.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createFakeRelay, desk } from '../../lib/relay/fake-relay.ts'
import { buildRow } from './build-row.ts'

/** A person with one phone and one call. */
export async function beginActions(
  first: Partial<CallRow> = { phase: 'talking' },
  denied: readonly DeniedKind[] = [],
  phones: readonly object[] = [desk()],
) {
  const relay = createFakeRelay((line) => (line === 'GET /v1/devices' ? Response.json({ devices: phones }) : undefined))
  const clock = createManualClock()
  let kept = denied
  let chosen: string | undefined
  const devices = createDevices({
    client: relay.client,
    clock,
    preferred: () => chosen,
    onChange: () => {},
  })
  const actions: Actions = createActions({
    client: relay.client,
    devices,
    rights: createRights(
      {
        getValue: async () => kept,
        setValue: async (next) => {
          kept = next
        },
      },
      () => {},
    ),
    extensionId: '400102',
    country: 'US',
    chosenPhone: () => chosen,
    choosePhone: (deviceId) => {
      chosen = deviceId
    },
    describe: ({ code, reason }) => [code, reason].filter(Boolean).join(': '),
    onChange: () => {},
    clock,
  })
  await devices.refresh()
  let row = buildRow(first)
  actions.refresh([row])
  const asked = () => relay.sent.filter(({ line }) => line !== 'GET /v1/devices')
  return {
    actions,
    clock,
    asked,
    row: () => row,
    offered: () => actions.offered(row),
    kept: () => kept,
    /** An event changes the call. */
    tell: (changes: Partial<CallRow>, ...others: readonly CallRow[]) => {
      row = { ...row, ...changes }
      actions.refresh([row, ...others])
    },
    /** The relay answers the last request. */
    respond: async (work: Promise<void>, response: Response) => {
      asked().at(-1)?.respond(response)
      await work
    },
  }
}

export type ActionsScene = Awaited<ReturnType<typeof beginActions>>
