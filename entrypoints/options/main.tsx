import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/controls.css'
import './options.css'
import { i18n } from '#i18n'
import { language } from '../lib/words.ts'
import { createOptionsModel } from './model.ts'
import { Options } from './Options.tsx'

document.documentElement.lang = language()
document.title = i18n.t('settings.title')
const root = document.getElementById('root')
if (root) render(<Options model={createOptionsModel()} />, root)

// See it: npm start, then Settings at the foot of the popup.
