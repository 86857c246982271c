import { effect } from '@preact/signals'
import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/controls.css'
import '../ui/crm/crm.css'
import '../ui/segments.css'
import './crm-record.css'
import { i18n } from '#i18n'
import { interrupted, listenToAnnouncements, sendMessage } from '../lib/contract/messages.ts'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { followUser } from '../lib/signals/follow-user.ts'
import { language } from '../lib/wording/labels.ts'
import { readAddress, writeAddress } from './address.ts'
import { CrmRecordPage } from './CrmRecordPage.tsx'
import { createRecordsModel } from './records-model.ts'

document.documentElement.lang = language()
document.title = i18n.t('crm.title')
const root = document.getElementById('root')
if (root) {
  const model = createRecordsModel({
    first: readAddress(location.search),
    user: followUser(),
    askCrm: () => sendMessage('getCrm').catch(() => ({ kind: interrupted() })),
    askRecords: (query) => sendMessage('getCrmRecords', query).catch(() => ({ kind: interrupted() })),
    isSeen: () => document.visibilityState === 'visible',
    clock: {
      nowMs: () => Date.now(),
      after: (delayMs, action) => {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
    },
  })
  listenToAnnouncements((announcement) => {
    if (announcement === 'crm') void model.ask()
  })
  effect(() => history.replaceState(undefined, '', `?${writeAddress(model.shown.value)}`))
  await loadNumberingPlans()
  render(<CrmRecordPage model={model} />, root)
}

// See it: npm start, place calls from the phone page and end them, then CRM record on top of the reports.
