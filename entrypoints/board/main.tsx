import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/state.css'
import '../ui/controls.css'
import '../ui/pane.css'
import '../ui/call/call.css'
import './board.css'
import './desk/people.css'
import './desk/queues.css'
import './pane/parts.css'
import './routing/rules.css'
import './wall/wall.css'
import { i18n } from '#i18n'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { followSignIn } from '../lib/signals/follow-sign-in.ts'
import { language } from '../lib/wording/labels.ts'
import { App } from './App.tsx'

document.documentElement.lang = language()
document.title = i18n.t('board.pageTitle')
const root = document.getElementById('root')
if (root) {
  const signIn = followSignIn()
  await loadNumberingPlans()
  render(<App signIn={signIn} />, root)
}

// See it: npm start, then Board in the popup of somebody who watches others.
