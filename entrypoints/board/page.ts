import type { RelayClient } from '../lib/relay/relay-client.ts'
import type { AlertsModel } from './alerts/alerts-model.ts'
import type { HelpModel } from './help/help-model.ts'
import type { BoardModel } from './model/board-model.ts'
import type { PaneModel } from './pane/pane-model.ts'
import type { BoardRequests } from './requests.ts'
import type { RoutingModel } from './routing/routing-model.ts'

/** What every part of the board draws from. */
export interface BoardPage {
  readonly model: BoardModel
  readonly pane: PaneModel
  readonly help: HelpModel
  readonly alerts: AlertsModel
  readonly routing: RoutingModel
  readonly requests: BoardRequests
  readonly client: RelayClient
}
