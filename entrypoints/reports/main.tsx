import { render } from 'preact'
import 'uplot/dist/uPlot.min.css'
import '../ui/tokens.css'
import '../ui/state.css'
import '../ui/controls.css'
import '../ui/segments.css'
import './reports.css'
import './tiles/tiles.css'
import './charts/charts.css'
import '../ui/call/call.css'
import '../ui/pane.css'
import '../ui/crm/crm.css'
import './list/list.css'
import './files/files.css'
import './print.css'
import { i18n } from '#i18n'
import { language } from '../lib/wording/labels.ts'
import { createFileModel } from './files/file-model.ts'
import { createOwnCallsModel } from './list/own-calls-model.ts'
import { createReportsModel } from './model.ts'
import { Reports } from './Reports.tsx'

document.documentElement.lang = language()
document.title = i18n.t('reports.pageTitle')
const root = document.getElementById('root')
if (root) {
  const model = createReportsModel()
  render(<Reports model={model} calls={createOwnCallsModel(model)} file={createFileModel()} />, root)
}

// See it: npm start, place some calls from the phone page, then Reports at the foot of the popup.
