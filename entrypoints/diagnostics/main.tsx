import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/controls.css'
import '../ui/setup/setup.css'
import './diagnostics.css'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { interrupted, sendMessage } from '../lib/contract/messages.ts'
import { followStatus } from '../lib/signals/follow-status.ts'
import { language } from '../lib/wording/labels.ts'
import { Diagnostics } from './Diagnostics.tsx'
import { createDiagnosticsModel } from './diagnostics-model.ts'

document.documentElement.lang = language()
document.title = i18n.t('diagnostics.title')
const root = document.getElementById('root')
if (root) {
  const model = createDiagnosticsModel(followStatus(), {
    ask: () => sendMessage('getCapabilities').catch(() => ({ kind: interrupted() })),
    writeClipboard: (text) => navigator.clipboard.writeText(text),
    clock: {
      nowMs: () => Date.now(),
      after: (delayMs, action) => {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
    },
    software: {
      extension: browser.runtime.getManifest().version,
      browser: /Chrome\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? '',
      language: language(),
    },
  })
  render(<Diagnostics model={model} />, root)
}

// See it: npm start, then Settings at the foot of the popup, and Diagnostics at the foot of the settings.
