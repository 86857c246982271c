import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/state.css'
import '../ui/controls.css'
import '../ui/actions/actions.css'
import '../ui/call/call.css'
import '../ui/crm/crm.css'
import './popup.css'
import './calls.css'
import { language } from '../lib/wording/labels.ts'
import { createPopupModel } from './model.ts'
import { Popup } from './Popup.tsx'

document.documentElement.lang = language()
const root = document.getElementById('root')
if (root) render(<Popup model={createPopupModel()} />, root)

// See it: npm start, place a call from the phone page, then open Ringside from the toolbar.
