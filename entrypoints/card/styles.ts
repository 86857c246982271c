import callActions from '../ui/actions/actions.css?inline'
import state from '../ui/state.css?inline'
import tokens from '../ui/tokens.css?inline'
import actions from './actions.css?inline'
import card from './card.css?inline'
import controls from './controls.css?inline'
import crm from './crm.css?inline'
import figures from './figures.css?inline'
import handle from './handle.css?inline'
import host from './host.css?inline'
import known from './known.css?inline'
import match from './match.css?inline'
import note from './note.css?inline'
import over from './over.css?inline'
import pill from './pill.css?inline'
import ruleAlerts from './rule-alerts.css?inline'
import tight from './tight.css?inline'
import whispers from './whispers.css?inline'

/** Everything that the card's closed root is drawn with. */
export const styles = [
  tokens,
  state,
  controls,
  host,
  card,
  handle,
  figures,
  pill,
  match,
  crm,
  known,
  note,
  over,
  callActions,
  actions,
  whispers,
  ruleAlerts,
  tight,
].join('\n')
