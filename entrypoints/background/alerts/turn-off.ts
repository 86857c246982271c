import { alertSettings } from '../../lib/settings/settings.ts'
import type { AlertKind } from './alerts.ts'

const SWITCHES = { hold: 'holdIsOn', ring: 'ringIsOn', missed: 'missedIsOn' } as const satisfies Record<
  AlertKind,
  string
>

/** Switches one kind of alert off, as the person asked on a notification. */
export async function turnOffAlert(kind: AlertKind): Promise<void> {
  await alertSettings.setValue({ ...(await alertSettings.getValue()), [SWITCHES[kind]]: false })
}
