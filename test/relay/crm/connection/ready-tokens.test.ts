import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { CrmFault } from '../../../../relay/crm/api.ts'
import { createReadyTokens } from '../../../../relay/crm/connection/ready-tokens.ts'
import { type CrmTokens, createTokenStore } from '../../../../relay/crm/connection/token-store.ts'
import { createLocalShared } from '../../../../relay/log/local-shared.ts'
import { createMemoryRecords } from '../../../../relay/log/records.memory.ts'
import { createTokenCipher } from '../../../../relay/people/token-cipher.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const OLD: CrmTokens = { accessToken: 'access-1', refreshToken: 'refresh-1', accessExpiresAtMs: 0 }

/** A CRM whose refresh tokens work once, as people with a connection have it. */
async function openScene() {
  const clock = createManualClock()
  const records = createMemoryRecords()
  const cipher = createTokenCipher(randomBytes(32))
  let isFull = false
  const store = await createTokenStore(
    {
      ...records,
      async put(key, value) {
        if (isFull) throw new Error('There is no room')
        await records.put(key, value)
      },
    },
    cipher,
    'zendesk',
  )
  await store.put('account', OLD)
  const refreshed: string[] = []
  const client = {
    async refresh({ refreshToken = '' }: CrmTokens): Promise<CrmTokens> {
      if (refreshed.includes(refreshToken)) throw new CrmFault('unauthorized', { words: 'spent' })
      refreshed.push(refreshToken)
      const next = refreshed.length + 1
      return {
        accessToken: `access-${next}`,
        refreshToken: `refresh-${next}`,
        accessExpiresAtMs: clock.nowMs() + 3_600_000,
      }
    },
  }
  const tokens = createReadyTokens({ store, client, shared: createLocalShared(clock), clock })
  return {
    clock,
    records,
    store,
    tokens,
    refreshed,
    fill(full: boolean) {
      isFull = full
    },
  }
}

it('refreshes once for all who wait', async () => {
  const { tokens, refreshed, store } = await openScene()
  const all = await Promise.all([tokens.ready('account'), tokens.ready('account'), tokens.renew('account', 'access-1')])
  expect(all.slice(0, 2)).toMatchObject([{ accessToken: 'access-2' }, { accessToken: 'access-2' }])
  expect(refreshed).toEqual(['refresh-1'])
  expect(store.get('account')).toMatchObject({ refreshToken: 'refresh-2' })
})

it('[K7] uses no new token before it is stored, and spends no second one to get it stored', async () => {
  const { tokens, refreshed, store, fill } = await openScene()
  fill(true)
  await expect(tokens.ready('account')).rejects.toThrow('There is no room')
  await expect(tokens.ready('account')).rejects.toThrow('There is no room')
  expect(store.get('account')).toEqual(OLD)
  fill(false)
  expect(await tokens.ready('account')).toMatchObject({ accessToken: 'access-2' })
  expect(refreshed).toEqual(['refresh-1'])
  expect(await store.readAgain('account')).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' })
})

it('has others by now after the CRM refused one that was replaced meanwhile', async () => {
  const { tokens, refreshed } = await openScene()
  await tokens.ready('account')
  expect(await tokens.renew('account', 'access-1')).toBe(true)
  expect(refreshed).toHaveLength(1)
  expect(await tokens.renew('account', 'access-2')).toBe(true)
  expect(refreshed).toEqual(['refresh-1', 'refresh-2'])
})

it('says that nobody is connected any more', async () => {
  const { tokens, store } = await openScene()
  await store.remove('account')
  await expect(tokens.ready('account')).rejects.toMatchObject({ kind: 'unauthorized' })
})

it('keeps nothing that can be read at rest', async () => {
  const { records, tokens } = await openScene()
  await tokens.ready('account')
  const stored = JSON.stringify([...(await records.entries())])
  expect(stored).toContain('crm/connection/zendesk/account')
  expect(stored).not.toMatch(/access-\d|refresh-\d/)
})
