import { beforeEach, expect, it, vi } from 'vitest'
import {
  forgetRegistrations,
  updateRegistration,
} from '../../../../entrypoints/background/pages/update-registration.ts'

interface Script {
  readonly id: string
  readonly js?: string[]
  readonly matches?: string[]
}

/** Chrome's list of scripts, and what was asked of it. */
const registered = new Map<string, Script>()
const asked: string[] = []

vi.mock('wxt/browser', () => ({
  browser: {
    scripting: {
      getRegisteredContentScripts: async ({ ids }: { ids: readonly string[] }) =>
        ids.flatMap((id) => registered.get(id) ?? []),
      registerContentScripts: async ([script]: readonly [Script]) => {
        asked.push('register')
        if (registered.has(script.id)) throw new Error(`Duplicate script ID '${script.id}'`)
        registered.set(script.id, script)
      },
      updateContentScripts: async ([script]: readonly [Script]) => {
        asked.push('update')
        registered.set(script.id, { ...registered.get(script.id), ...script })
      },
      unregisterContentScripts: async (filter?: { ids: readonly string[] }) => {
        asked.push('unregister')
        for (const id of filter?.ids ?? [...registered.keys()]) registered.delete(id)
      },
    },
  },
}))

const follow = (...matches: string[]) =>
  updateRegistration(async () => ({ id: 'page-link', js: ['/page-link.js'], matches }))
const [A, B] = ['https://a.example.com/*', 'https://b.example.com/*'] as const

beforeEach(() => {
  registered.clear()
  asked.length = 0
})

it('registers for the sites there are, and nothing for none', async () => {
  await follow()
  expect(asked).toEqual([])
  await follow(A, B)
  expect(registered.get('page-link')).toEqual({ id: 'page-link', js: ['/page-link.js'], matches: [A, B] })
})

it('leaves alone what is right, in any order', async () => {
  await follow(A, B)
  await follow(B, A)
  expect(asked).toEqual(['register'])
})

it('follows a grant and a revocation, and goes with the last', async () => {
  await follow(A)
  await follow(A, B)
  expect(registered.get('page-link')?.matches).toEqual([A, B])
  await follow(B)
  expect(registered.get('page-link')?.matches).toEqual([B])
  await follow()
  expect(registered.size).toBe(0)
  expect(asked).toEqual(['register', 'update', 'update', 'unregister'])
})

it('does one thing after the other, and goes on after one that failed', async () => {
  const failed = updateRegistration(() => Promise.reject(new Error('no grants')))
  const all = Promise.all([follow(A), follow(A, B), forgetRegistrations(), follow(B), follow(B)])
  await expect(failed).rejects.toThrow('no grants')
  await all
  expect(asked).toEqual(['register', 'update', 'unregister', 'register'])
  expect(registered.get('page-link')?.matches).toEqual([B])
})
