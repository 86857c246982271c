import { describe, expect, it } from 'vitest'
import { findBreaches, isSeen, isWithin, roomOf } from './architecture/breaches.ts'
import { findReached, listImports, readImportGraph } from './architecture/import-graph.ts'
import { LAYERS } from './architecture/layers.ts'
import { judgeInShared } from './architecture/shared-purity.ts'
import { WALLS } from './architecture/walls.ts'

/** The rooms keep to `architecture/layers.ts`, and each wall of `walls.ts` is tried with a file that breaks it. */

const root = new URL('..', import.meta.url).pathname
const graph = await readImportGraph(root, ['shared', 'relay', 'entrypoints'])

/** What is wrong with these files once they are there too, by path and what they hold. */
function breachesWith(files: Readonly<Record<string, string>>): readonly string[] {
  const planted = Object.entries(files).map(([path, source]) => [path, listImports(path, source)] as const)
  return findBreaches(new Map([...graph, ...planted]), Object.keys(files))
}

const importOf = (specifier: string): string => `export { value } from '${specifier}'\n`

describe('the rooms', () => {
  it('import nothing that they may not', () => {
    expect(findBreaches(graph)).toEqual([])
  })

  it('are all there, each of their files in one', () => {
    const rooms = Object.keys(LAYERS)
    const inhabited = new Set([...graph.keys()].map(roomOf))
    expect(rooms.filter((room) => !inhabited.has(room))).toEqual([])
    const named = Object.values(LAYERS).flatMap(({ sees }) => sees)
    const isThere = (entry: string): boolean => [...graph.keys()].some((path) => isSeen(entry, path))
    expect(named.filter((entry) => !isThere(entry))).toEqual([])
    const walled = WALLS.flatMap((wall) => wall.rooms)
    expect(walled.filter((room) => ![...graph.keys()].some((path) => isWithin(path, room)))).toEqual([])
    // A start that leads nowhere keeps nothing out.
    const targets = [...graph.values()].flat().map(({ target }) => target)
    const starts = WALLS.flatMap(({ never }) => never)
    expect(starts.filter((start) => !targets.some((target) => target.startsWith(start)))).toEqual([])
  })

  it.each([
    'relay/planted/a.ts',
    'shared/planted/a.ts',
    'entrypoints/planted/a.ts',
    'entrypoints/background/planted/a.ts',
  ])('have a row before they have a file like %s', (path) => {
    expect(breachesWith({ [path]: '' })).toEqual([`${path} is in no room: give its folder a row in layers.ts`])
  })

  it('stand in an order: none sees a room that sees it, by whatever rooms between', () => {
    const rooms = Object.keys(LAYERS)
    const seenFrom = (room: string): readonly string[] => {
      const entries = LAYERS[room]?.sees ?? []
      return rooms.filter((other) => other !== room && entries.some((entry) => isSeen(entry, other)))
    }
    const upward = rooms.flatMap((room, row) =>
      seenFrom(room)
        .filter((other) => rooms.indexOf(other) > row)
        .map((other) => `${room} sees ${other}`),
    )
    expect(upward).toEqual([])
  })
})

describe('entrypoints/lib', () => {
  /** The entrypoints that need a file, for its types too, whatever is between. */
  const usersOf = (path: string): ReadonlySet<string> => {
    const needing = new Set([path])
    for (const file of needing) {
      for (const [user, imports] of graph) if (imports.some(({ target }) => target === file)) needing.add(user)
    }
    return new Set([...needing].flatMap((file) => /^entrypoints\/(?!lib\/)([^/]+)/.exec(file)?.[1] ?? []))
  }

  it('keeps what more than one entrypoint needs; the rest lives with the one that does', () => {
    // The store keeps all of IndexedDB together: its readers and writers change with its schema. What a package is declared to be
    // is imported by the package's name.
    const shared = [...graph.keys()].filter((path) => /^entrypoints\/lib\/(?!store\/)(?!.*\.d\.ts$)/.test(path))
    expect(shared.filter((path) => usersOf(path).size < 2)).toEqual([])
  })
})

/** For each room an import that it may not have. */
const FORBIDDEN: readonly (readonly [path: string, specifier: string])[] = [
  ['shared/planted.ts', './protocol/wire.ts'],
  ['shared/planted.ts', 'node:fs'],
  ['shared/number/planted.ts', '../call/state.ts'],
  ['shared/number/planted.ts', '../metrics/tally.ts'],
  ['shared/protocol/planted.ts', '../history/history.ts'],
  ['shared/protocol/planted.ts', '../number/key.ts'],
  ['shared/protocol/http/planted.ts', '../../call/state.ts'],
  ['shared/protocol/http/planted.ts', 'hono'],
  ['shared/history/planted.ts', '../call/state.ts'],
  ['shared/call/planted.ts', '../metrics/leg.ts'],
  ['shared/call/planted.ts', 'node:fs'],
  ['shared/call/planted.ts', '../../relay/clock.ts'],
  ['shared/metrics/planted.ts', 'preact'],
  ['shared/metrics/planted.ts', '../live/types.ts'],
  ['shared/live/planted.ts', '../../relay/clock.ts'],
  ['shared/metrics/planted.ts', '../../entrypoints/lib/settings/settings.ts'],
  ['shared/metrics/planted.ts', '../../test/support/random.ts'],
  ['shared/rules/planted.ts', '../../relay/clock.ts'],
  ['relay/planted.ts', './http/problem.ts'],
  ['relay/planted.ts', '../entrypoints/lib/settings/settings.ts'],
  ['relay/planted.ts', '../test/platform/platform.ts'],
  ['relay/planted.ts', 'idb'],
  ['relay/http/planted.ts', '../log/event-log.ts'],
  ['relay/http/planted.ts', '../ringcentral/standing.ts'],
  ['relay/log/planted.ts', '../http/problem.ts'],
  ['relay/log/events/planted.ts', '../../wire/event-json.ts'],
  ['relay/log/planted.ts', '../../shared/protocol/status.ts'],
  ['relay/log/planted.ts', '@redis/client'],
  ['relay/redis/planted.ts', '../people/logins.ts'],
  ['relay/storage/planted.ts', '../people/logins.ts'],
  ['relay/ringcentral/planted.ts', '../people/view.ts'],
  ['relay/ringcentral/planted.ts', '../http/problem.ts'],
  ['relay/wire/planted.ts', '../people/view.ts'],
  ['relay/webhook/planted.ts', '../ringcentral/subscription.ts'],
  ['relay/join/planted.ts', '../people/sign-in.ts'],
  ['relay/people/planted.ts', '../stream/subscriber.ts'],
  ['relay/directory/planted.ts', '../people/view.ts'],
  ['relay/desk/planted.ts', '../ringcentral/api.ts'],
  ['relay/stream/planted.ts', '../repair/repair.ts'],
  ['relay/stream/planted.ts', '../ringcentral/api.ts'],
  ['relay/repair/planted.ts', '../stream/visibility.ts'],
  ['relay/control/planted.ts', '../repair/repair.ts'],
  ['relay/calls/planted.ts', '../control/routes.ts'],
  ['relay/audit/planted.ts', '../people/view.ts'],
  ['relay/json-file/planted.ts', '../log/event-log.ts'],
  ['relay/routing/planted.ts', '../repair/repair.ts'],
  ['relay/command-line/planted.ts', '../control/routes.ts'],
  ['relay/vite.config.ts', './config.ts'],
  ['relay/readiness.ts', './stream/stream.ts'],
  ['relay/app.ts', './stream/stream.ts'],
  ['relay/app.ts', './relay.ts'],
  ['relay/start/planted.ts', '../app.ts'],
  ['relay/relay.ts', '../entrypoints/lib/settings/settings.ts'],
  ['relay/crm-main.ts', './crm/connectors/find-connector.ts'],
  ['relay/routing-main.ts', './relay.ts'],
  ['relay/main.ts', './http/server.ts'],
  ['entrypoints/lib/page/planted.ts', '../contract/ports.ts'],
  ['entrypoints/lib/files/planted.ts', '../store/read.ts'],
  ['entrypoints/lib/notes/planted.ts', '../store/notes.ts'],
  ['entrypoints/lib/numbers/planted.ts', '../settings/settings.ts'],
  ['entrypoints/lib/crm/planted.ts', '../settings/settings.ts'],
  ['entrypoints/lib/settings/planted.ts', '../contract/messages.ts'],
  ['entrypoints/lib/store/planted.ts', '../../ui/State.tsx'],
  ['entrypoints/lib/store/planted.ts', '../contract/card-call.ts'],
  ['entrypoints/lib/caller/planted.ts', '../../background/user/user.ts'],
  ['entrypoints/lib/contract/planted.ts', '../wording/labels.ts'],
  ['entrypoints/lib/wording/planted.ts', '../store/read.ts'],
  ['entrypoints/lib/relay/planted.ts', '../signals/follow-user.ts'],
  ['entrypoints/lib/call/planted.ts', '../../../relay/clock.ts'],
  ['entrypoints/lib/signals/planted.ts', '../../popup/model.ts'],
  ['entrypoints/ui/planted.tsx', '../popup/Popup.tsx'],
  ['entrypoints/background/pages/planted.ts', '../calls/calls.ts'],
  ['entrypoints/background/retention/planted.ts', '../user/user.ts'],
  ['entrypoints/background/alerts/planted.ts', '../actions/actions.ts'],
  ['entrypoints/background/sign-in/planted.ts', '../stream/status-poller.ts'],
  ['entrypoints/background/board/planted.ts', '../alerts/alerts.ts'],
  ['entrypoints/background/ring/planted.ts', '../calls/calls.ts'],
  ['entrypoints/ring-sound/planted.ts', '../background/app.ts'],
  ['entrypoints/background/diagnostics/planted.ts', '../account/account.ts'],
  ['entrypoints/board/planted.ts', '../reports/days.ts'],
  ['entrypoints/background/crm/planted.ts', '../caller/contacts.ts'],
  ['entrypoints/background/crm-record/planted.ts', '../crm/matches.ts'],
  ['entrypoints/background/actions/planted.ts', '../calls/calls.ts'],
  ['entrypoints/background/caller/planted.ts', '../alerts/alerts.ts'],
  ['entrypoints/background/calls/planted.ts', '../stream/user-stream.ts'],
  ['entrypoints/background/stream/planted.ts', '../app.ts'],
  ['entrypoints/background/sample/planted.ts', '../stream/user-stream.ts'],
  ['entrypoints/background/sample/planted.ts', '../app.ts'],
  ['entrypoints/background/planted.ts', '../card/Card.tsx'],
  ['entrypoints/background/sample/planted.ts', '../user/card-messages.ts'],
  ['entrypoints/background/user/planted.ts', '../account/account.ts'],
  ['entrypoints/background/user/planted.ts', '../sample/sample.ts'],
  ['entrypoints/background/account/planted.ts', '../stream/user-stream.ts'],
  ['entrypoints/background/planted.ts', '../ui/State.tsx'],
  ['entrypoints/background/planted.ts', '../../relay/clock.ts'],
  ['entrypoints/background/planted.ts', '../../test/support/random.ts'],
  ['shared/crm/planted.ts', '../live/account.ts'],
  ['relay/crm/planted.ts', '../routing/routes.ts'],
  ['entrypoints/page-link/planted.ts', '../card/Card.tsx'],
  ['entrypoints/page-numbers/planted.ts', '../page-link/index.ts'],
  ['entrypoints/dial-links/planted.ts', '../page-numbers/index.ts'],
  ['entrypoints/card/planted.ts', '../popup/Popup.tsx'],
  ['entrypoints/popup/planted.ts', '../background/user/user.ts'],
  ['entrypoints/diagnostics/planted.ts', '../options/main.tsx'],
  ['entrypoints/crm-record/planted.ts', '../options/main.tsx'],
  ['entrypoints/welcome/planted.ts', '../options/main.tsx'],
  ['entrypoints/options/planted.ts', '../reports/main.tsx'],
  ['entrypoints/reports/list/planted.ts', '../../popup/Popup.tsx'],
]

/** For each wall what breaks it at once, and what breaks it by a file between. */
const WEIGHTS: readonly (readonly [path: string, specifier: string, because: RegExp])[] = [
  ...['page-link', 'page-numbers', 'dial-links', 'card'].flatMap((room) => [
    [`entrypoints/${room}/planted.ts`, '../../shared/number/key.ts', /numbers formatted/] as const,
    [`entrypoints/${room}/planted.ts`, 'libphonenumber-js/min', /numbers formatted/] as const,
    [`entrypoints/${room}/planted.ts`, '../lib/store/open-writable.ts', /only the background opens/] as const,
    [`entrypoints/${room}/planted.ts`, '../lib/store/read.ts', /worker reads the store/] as const,
    [`entrypoints/${room}/planted.ts`, 'valibot', /worker reads the store/] as const,
  ]),
  ...['popup', 'board', 'welcome', 'options', 'reports', 'ui'].map(
    (room) => [`entrypoints/${room}/planted.ts`, '../lib/store/open-writable.ts', /only the background opens/] as const,
  ),
  ['entrypoints/page-numbers/planted.ts', 'preact', /draws nothing/],
  ['entrypoints/dial-links/planted.ts', '../ui/State.tsx', /draws nothing/],
  ['entrypoints/background/planted.ts', 'preact/hooks', /the worker starts/],
  ['entrypoints/background/planted.ts', '../reports/export/excel.ts', /the worker starts/],
  ['entrypoints/ring-sound/planted.ts', '../lib/settings/settings.ts', /opened while a phone rings/],
  ...['popup', 'welcome', 'board'].map(
    (room) => [`entrypoints/${room}/planted.ts`, '../reports/export/excel.ts', /open at a click/] as const,
  ),
]

describe('a wall', () => {
  it.each(FORBIDDEN)('%s may not import %s', (path, specifier) => {
    const target = listImports(path, importOf(specifier))[0]?.target
    expect(breachesWith({ [path]: importOf(specifier) })).toEqual(
      expect.arrayContaining([expect.stringContaining(`${path} imports ${target}, but`)]),
    )
  })

  it('is tried for every room', () => {
    const tried = new Set(FORBIDDEN.map(([path]) => roomOf(path)))
    expect(Object.keys(LAYERS).filter((room) => !tried.has(room))).toEqual([])
    // A breach that leads nowhere would show nothing.
    const targets = FORBIDDEN.map(([path, specifier]) => listImports(path, importOf(specifier))[0])
    const missing = targets.filter(
      (it) => !it?.isPackage && !graph.has(it?.target ?? '') && !it?.target.startsWith('test/'),
    )
    expect(missing.map((it) => it?.target)).toEqual([])
    expect(WALLS.filter(({ because }) => !WEIGHTS.some(([, , words]) => words.test(because)))).toEqual([])
  })

  it.each(WEIGHTS)('%s may not load %s, itself or by another file', (path, specifier, because) => {
    expect(breachesWith({ [path]: importOf(specifier) }).join('\n')).toMatch(because)
    const between = 'entrypoints/lib/planted-between.ts'
    const target = listImports(path, importOf(specifier))[0]?.target ?? ''
    const onward = specifier.startsWith('.') ? `../../${target}` : specifier
    const way = { [path]: importOf('../lib/planted-between.ts'), [between]: importOf(onward) }
    expect(breachesWith(way).join('\n')).toMatch(because)
  })

  it.each<[path: string, specifier: string]>([
    ['shared/metrics/planted.ts', '../call/state.ts'],
    ['shared/metrics/planted.ts', '../number/key.ts'],
    ['shared/number/planted.ts', 'libphonenumber-js/min'],
    ['relay/stream/planted.ts', '../../shared/protocol/wire.ts'],
    ['relay/people/planted.ts', '../log/records.ts'],
    ['entrypoints/background/planted.ts', '../lib/store/open-writable.ts'],
    ['entrypoints/popup/planted.ts', '../lib/store/read.ts'],
    ['entrypoints/popup/planted.ts', '../../shared/number/format.ts'],
    ['entrypoints/reports/list/planted.ts', '../export/excel.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(breachesWith({ [path]: importOf(specifier) })).toEqual([])
  })
})

describe('an import is seen', () => {
  it.each([
    ["import { a } from './b.ts'", false],
    ["import './b.ts'", false],
    ["export * from './b.ts'", false],
    ["import a, {\n  type B,\n  c as d,\n} from './b.ts'", false],
    ["import {\n  a, // only the first\n} from './b.ts'", false],
    ["const a = await import('./b.ts')", false],
    ["import type { A } from './b.ts'", true],
    ["export type { A } from './b.ts'", true],
  ])('%s', (source, isType) => {
    expect(listImports('shared/a.ts', source)).toEqual([{ target: 'shared/b.ts', isPackage: false, isType }])
  })

  it.each(["export const text = 'from ./b.ts'", "export function a(from = './b.ts') {}", "// import './b.ts'"])(
    'and %s is none',
    (source) => {
      expect(listImports('shared/a.ts', source)).toEqual([])
    },
  )

  it('on the way from the worker to what it stores with', () => {
    expect([...findReached(graph, 'entrypoints/background/index.ts').keys()]).toEqual(
      expect.arrayContaining(['wxt/browser', 'idb', 'entrypoints/lib/store/write.ts']),
    )
  })
})

describe('shared/ has no clock, no randomness and no I/O', () => {
  const expressions = [
    'Date.now()',
    'new Date()',
    'Math.random()',
    'globalThis.Date.now()',
    'globalThis',
    'performance.now()',
    'crypto.randomUUID()',
    'setTimeout(() => 1, 2)',
    'setInterval(() => 1, 2)',
    'queueMicrotask(() => 1)',
    'fetch("/")',
    'console.log(1)',
    'process.env',
    'Buffer.from("a")',
    'document.title',
    'localStorage',
  ]
  it('nor anything else from outside', async () => {
    const [harmless, ...said] = await judgeInShared(root, ['new Date(0).getTime()', ...expressions])
    expect(harmless).toBe('')
    expect(expressions.filter((_, index) => said[index] === '')).toEqual([])
  })
})
