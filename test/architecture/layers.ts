/** The rooms of the project, and which of them each may look into. What is not said here is not allowed. */

export interface Layer {
  /** Rooms that it may import from besides itself; with `/**` at the end the rooms below as well. */
  readonly sees: readonly string[]
  /** Packages that it may import, each with all of its paths; `node` is all of Node. */
  readonly uses?: readonly string[]
}

const WORKER = ['wxt', '#i18n', 'valibot']
const DRAWING = ['wxt', '#i18n', 'preact']
const PAGE = [...DRAWING, '@preact/signals']
const RELAY_ROOMS = [
  'relay/http',
  'relay/join',
  'relay/log',
  'relay/redis',
  'relay/storage',
  'relay/ringcentral',
  'relay/webhook',
  'relay/people',
  'relay/directory',
  'relay/stream',
  'relay/repair',
  'relay/control',
  'relay/desk',
  'relay/calls',
  'relay/audit',
  'relay/json-file',
  'relay/routing',
  'relay/crm',
  'relay/command-line',
]

/**
 * By room: a folder, with its folders unless there are rooms among them, or one file. Foundations first: a room sees only rooms
 * that are listed before it, so that no two import each other.
 */
export const LAYERS: Readonly<Record<string, Layer>> = {
  // Pure: no I/O, no clock, no Node and no browser.
  shared: { sees: [] },
  'shared/number': { sees: ['shared'], uses: ['libphonenumber-js'] },
  'shared/protocol': { sees: ['shared'], uses: ['valibot'] },
  'shared/protocol/http': { sees: ['shared', 'shared/protocol'], uses: ['valibot'] },
  'shared/history': { sees: ['shared', 'shared/protocol'] },
  'shared/call': { sees: ['shared', 'shared/number', 'shared/protocol', 'shared/history'] },
  'shared/metrics': { sees: ['shared', 'shared/number', 'shared/protocol', 'shared/history', 'shared/call'] },
  'shared/live': {
    sees: ['shared', 'shared/protocol', 'shared/protocol/http', 'shared/history', 'shared/call', 'shared/metrics'],
  },

  // A customer call as a CRM gets it.
  'shared/crm': {
    sees: ['shared', 'shared/number', 'shared/protocol', 'shared/history', 'shared/call', 'shared/metrics'],
  },

  // Rules of the account: what must hold of a call, and what is done with it then.
  'shared/rules': {
    sees: [
      'shared',
      'shared/number',
      'shared/protocol',
      'shared/history',
      'shared/call',
      'shared/metrics',
      'shared/live',
    ],
  },

  // What every room of the relay stands on: clock, logger, settings, metrics.
  relay: { sees: ['shared/**'], uses: ['node', 'pino', 'pino-pretty', 'prom-client', 'libphonenumber-js'] },
  'relay/http': { sees: ['relay', 'shared/**'], uses: ['node', 'hono', 'valibot'] },
  // The invitation of a company.
  'relay/join': { sees: ['relay', 'relay/http', 'shared/**'], uses: ['hono'] },
  // Keeps text and who may see it, and knows nothing of RingCentral.
  'relay/log': { sees: ['relay', 'shared'], uses: ['node'] },
  // The same on Redis, for several relays.
  'relay/redis': {
    sees: ['relay', 'relay/log', 'shared'],
    uses: ['node', 'valibot', '@redis/client', 'rate-limiter-flexible'],
  },
  // Which of the two it is.
  'relay/storage': { sees: ['relay', 'relay/log', 'relay/redis', 'shared'], uses: ['node'] },
  'relay/ringcentral': {
    sees: ['relay', 'relay/log', 'shared/**'],
    uses: ['node', 'valibot', 'undici', '@ringcentral/sdk'],
  },
  'relay/wire': { sees: ['relay', 'relay/log', 'shared/**'] },
  'relay/webhook': { sees: ['relay', 'relay/http', 'relay/log', 'relay/wire', 'shared/**'], uses: ['node', 'hono'] },
  'relay/people': {
    sees: ['relay', 'relay/http', 'relay/log', 'relay/ringcentral', 'shared/**'],
    uses: ['node', 'hono', 'valibot'],
  },
  // Names of extensions and settings of queues.
  'relay/directory': { sees: ['relay', 'relay/ringcentral', 'shared/**'], uses: ['valibot'] },
  'relay/stream': {
    sees: ['relay', 'relay/http', 'relay/log', 'relay/people', 'relay/wire', 'shared/**'],
    uses: ['node', 'ws'],
  },
  'relay/repair': {
    sees: ['relay', 'relay/http', 'relay/log', 'relay/ringcentral', 'relay/people', 'relay/wire', 'shared/**'],
    uses: ['node', 'hono', 'valibot'],
  },
  'relay/control': {
    sees: [
      'relay',
      'relay/http',
      'relay/log',
      'relay/ringcentral',
      'relay/people',
      'relay/directory',
      'relay/wire',
      'shared/**',
    ],
    uses: ['node', 'hono', 'valibot'],
  },
  // Hands and whispers: RingCentral has no part in them.
  'relay/desk': {
    sees: ['relay', 'relay/http', 'relay/log', 'relay/people', 'relay/wire', 'shared/**'],
    uses: ['hono'],
  },
  // Understands calls, as the extension does.
  'relay/calls': {
    sees: [
      'relay',
      'relay/http',
      'relay/log',
      'relay/people',
      'relay/directory',
      'relay/stream',
      'relay/wire',
      'shared/**',
    ],
    uses: ['node', 'hono'],
  },
  // What rules and people did, out of the log.
  'relay/audit': { sees: ['relay', 'relay/log', 'relay/wire', 'relay/calls', 'shared/**'], uses: ['node'] },
  // Files that people write by hand, and what is wrong in them by line and column.
  'relay/json-file': { sees: ['relay'], uses: ['node', 'valibot', 'jsonc-parser'] },
  // Has rules act on calls that go on.
  'relay/routing': {
    sees: [
      'relay',
      'relay/json-file',
      'relay/http',
      'relay/log',
      'relay/ringcentral',
      'relay/people',
      'relay/directory',
      'relay/control',
      'relay/stream',
      'relay/wire',
      'relay/calls',
      'shared/**',
    ],
    uses: ['node', 'hono', 'valibot', '@valibot/to-json-schema'],
  },
  // Writes customer calls into a CRM.
  'relay/crm': {
    sees: [
      'relay',
      'relay/http',
      'relay/json-file',
      'relay/log',
      'relay/ringcentral',
      'relay/people',
      'relay/calls',
      'shared/**',
    ],
    uses: ['node', 'hono', 'valibot', 'oauth4webapi'],
  },
  'relay/command-line': {
    sees: [
      'relay',
      'relay/log',
      'relay/redis',
      'relay/storage',
      'relay/ringcentral',
      'relay/people',
      'relay/audit',
      'relay/routing',
      'relay/crm',
      'shared/**',
    ],
    uses: ['node', 'hono', '@hono/node-server', 'valibot'],
  },
  // How the relay is made into one file.
  'relay/vite.config.ts': { sees: [], uses: ['node', 'vite'] },
  'relay/readiness.ts': { sees: ['relay/log', 'relay/ringcentral'] },
  'relay/app.ts': {
    sees: [
      'relay/readiness.ts',
      'relay',
      'relay/http',
      'relay/join',
      'relay/log',
      'relay/webhook',
      'relay/people',
      'relay/repair',
      'relay/directory',
      'relay/control',
      'relay/desk',
      'relay/calls',
      'relay/routing',
      'relay/crm',
      'shared/**',
    ],
    uses: ['hono'],
  },
  // Each builds one part of a running relay out of the rooms.
  'relay/start': { sees: ['relay', 'relay/readiness.ts', ...RELAY_ROOMS, 'shared/**'] },
  'relay/relay.ts': {
    sees: ['relay/app.ts', 'relay/readiness.ts', 'relay', 'relay/start', ...RELAY_ROOMS, 'shared/**'],
    uses: ['@hono/node-server'],
  },
  'relay/crm-main.ts': { sees: ['relay', 'relay/command-line'], uses: ['node'] },
  'relay/routing-main.ts': { sees: ['relay', 'relay/command-line'], uses: ['node'] },
  'relay/main.ts': { sees: ['relay', 'relay/command-line', 'relay/relay.ts'], uses: ['node'] },

  // What more than one entrypoint uses, and knows none of them.
  'entrypoints/lib/page': { sees: ['shared'], uses: ['wxt'] },
  'entrypoints/lib/files': { sees: ['shared'] },
  'entrypoints/lib/notes': { sees: ['shared/**'] },
  'entrypoints/lib/numbers': { sees: ['shared', 'shared/number'], uses: ['wxt'] },
  'entrypoints/lib/crm': { sees: ['shared/**'], uses: ['wxt'] },
  'entrypoints/lib/settings': { sees: ['entrypoints/lib/crm', 'shared/**'], uses: ['wxt', 'valibot'] },
  'entrypoints/lib/store': { sees: ['entrypoints/lib/notes', 'shared/**'], uses: ['idb'] },
  'entrypoints/lib/caller': { sees: ['entrypoints/lib/store', 'shared/**'] },
  'entrypoints/lib/contract': {
    sees: [
      'entrypoints/lib/notes',
      'entrypoints/lib/settings',
      'entrypoints/lib/store',
      'entrypoints/lib/caller',
      'shared/**',
    ],
    uses: ['@webext-core/messaging'],
  },
  'entrypoints/lib/wording': {
    sees: ['entrypoints/lib/settings', 'shared/**'],
    uses: ['wxt', '#i18n', '@preact/signals'],
  },
  // The relay as the extension talks to it, whichever of its parts does.
  'entrypoints/lib/relay': {
    sees: ['entrypoints/lib/contract', 'entrypoints/lib/store', 'entrypoints/lib/wording', 'shared/**'],
    uses: ['#i18n', 'valibot'],
  },
  'entrypoints/lib/call': { sees: ['entrypoints/lib/store', 'shared/**'] },
  'entrypoints/lib/signals': {
    sees: ['entrypoints/lib/settings', 'entrypoints/lib/store', 'entrypoints/lib/contract', 'shared/**'],
    uses: ['@preact/signals'],
  },
  'entrypoints/ui': { sees: ['entrypoints/lib/**', 'shared/**'], uses: [...PAGE, '@tanstack/virtual-core'] },

  'entrypoints/background/pages': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/retention': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/alerts': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/board': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/ring': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/diagnostics': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/sign-in': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/crm': {
    sees: ['entrypoints/background/pages', 'entrypoints/lib/**', 'shared/**'],
    uses: WORKER,
  },
  // Whom the account's CRM knows, and what becomes of calls there: all of it by way of the relay.
  'entrypoints/background/crm-record': { sees: ['entrypoints/lib/**', 'shared/**'], uses: WORKER },
  'entrypoints/background/actions': {
    sees: ['entrypoints/background/pages', 'entrypoints/lib/**', 'shared/**'],
    uses: WORKER,
  },
  'entrypoints/background/caller': {
    sees: ['entrypoints/background/retention', 'entrypoints/lib/**', 'shared/**'],
    uses: WORKER,
  },
  'entrypoints/background/calls': {
    sees: ['entrypoints/background/retention', 'entrypoints/lib/**', 'shared/**'],
    uses: WORKER,
  },
  'entrypoints/background/stream': {
    sees: ['entrypoints/background/calls', 'entrypoints/lib/**', 'shared/**'],
    uses: WORKER,
  },
  'entrypoints/background/sample': {
    sees: ['entrypoints/background/calls', 'entrypoints/lib/**', 'shared/**'],
    uses: WORKER,
  },
  // What runs for the user who is signed in: every room above but those that are there without anybody as well.
  'entrypoints/background/user': {
    sees: [
      'entrypoints/background/pages',
      'entrypoints/background/retention',
      'entrypoints/background/alerts',
      'entrypoints/background/crm',
      'entrypoints/background/crm-record',
      'entrypoints/background/actions',
      'entrypoints/background/caller',
      'entrypoints/background/calls',
      'entrypoints/background/stream',
      'entrypoints/lib/**',
      'shared/**',
    ],
    uses: WORKER,
  },
  // Who is signed in: has a user's parts run, and knows nothing of what they do.
  'entrypoints/background/account': {
    sees: [
      'entrypoints/background/retention',
      'entrypoints/background/sign-in',
      'entrypoints/background/user',
      'entrypoints/lib/**',
      'shared/**',
    ],
    uses: WORKER,
  },
  'entrypoints/background': { sees: ['entrypoints/background/**', 'entrypoints/lib/**', 'shared/**'], uses: WORKER },

  // Scripts in somebody else's page, and the pages of the extension. None imports another.
  'entrypoints/page-link': { sees: ['entrypoints/lib/**', 'shared/**'], uses: ['wxt'] },
  'entrypoints/page-numbers': { sees: ['entrypoints/lib/**', 'shared/**'], uses: ['wxt'] },
  'entrypoints/dial-links': { sees: ['entrypoints/lib/**', 'shared/**'], uses: ['wxt'] },
  'entrypoints/ring-sound': { sees: ['entrypoints/lib/**', 'shared/**'], uses: ['wxt'] },
  'entrypoints/card': { sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'], uses: DRAWING },
  'entrypoints/popup': { sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'], uses: PAGE },
  'entrypoints/board': {
    sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'],
    uses: [...PAGE, 'valibot'],
  },
  'entrypoints/crm-record': { sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'], uses: PAGE },
  'entrypoints/diagnostics': { sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'], uses: PAGE },
  'entrypoints/welcome': { sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'], uses: PAGE },
  'entrypoints/options': {
    sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'],
    uses: [...PAGE, 'papaparse'],
  },
  'entrypoints/reports': {
    sees: ['entrypoints/lib/**', 'entrypoints/ui', 'shared/**'],
    uses: [...PAGE, '@tanstack/virtual-core', 'uplot', 'papaparse', 'write-excel-file'],
  },
}
