import { fileURLToPath } from 'node:url'
import { defineConfig } from 'wxt'
import { EXTENSION_KEY } from './shared/extension-key.ts'

/** What is known of the numbers of all countries: read by the worker and the pages when it is needed, so that no script carries it. */
const NUMBERING_PLANS = {
  absoluteSrc: fileURLToPath(new URL('node_modules/libphonenumber-js/metadata.min.json', import.meta.url)),
  relativeDest: 'numbering-plans.json',
}

export default defineConfig({
  modules: ['@wxt-dev/i18n/module'],
  imports: false,
  hooks: {
    // Each page is built by itself, so that it comes in one script: to load one by one the dozen that pages have in common takes longer
    // than all of what the popup does.
    'entrypoints:grouped': (_wxt, groups) => {
      const pages = groups.flatMap((group) => (Array.isArray(group) ? group.map((page) => [page]) : [group]))
      groups.splice(0, groups.length, ...pages)
    },
    'build:publicAssets': (_wxt, files) => void files.push(NUMBERING_PLANS),
    'prepare:publicPaths': (_wxt, paths) => void paths.push(NUMBERING_PLANS.relativeDest),
  },
  // `npm run dev` rebuilds; which browser it is loaded into is the developer's affair.
  webExt: { disabled: true },
  manifest: ({ mode }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    minimum_chrome_version: '120',
    // Chrome asks nobody about any of these. The board can stand at the side of any page; `offscreen`: only a page can make a sound.
    permissions: ['storage', 'alarms', 'scripting', 'identity', 'sidePanel', 'offscreen'],
    // Nothing at install: notifications and each site are granted by themselves, at the person's click.
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Chrome keeps Alt+Shift with A, B, C, N, P, R, T, W, X and Z. On a Mac the option key writes letters: control there.
    commands: {
      'focus-card': {
        description: '__MSG_command_focusCard__',
        suggested_key: { default: 'Alt+Shift+K', mac: 'MacCtrl+Shift+K' },
      },
      'fold-card': {
        description: '__MSG_command_foldCard__',
        suggested_key: { default: 'Alt+Shift+F', mac: 'MacCtrl+Shift+F' },
      },
      'raise-hand': {
        description: '__MSG_command_raiseHand__',
        suggested_key: { default: 'Alt+Shift+H', mac: 'MacCtrl+Shift+H' },
      },
      'show-card': {
        description: '__MSG_command_showCard__',
        suggested_key: { default: 'Alt+Shift+S', mac: 'MacCtrl+Shift+S' },
      },
    },
    action: { default_title: '__MSG_extension_name__' },
    icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
    // The store signs with a key of its own and refuses packages that bring one.
    ...(mode === 'store' ? {} : { key: EXTENSION_KEY }),
  }),
})
