import { expect, it } from 'vitest'
import type { Login } from '../../../relay/people/login.ts'
import { createSignOut } from '../../../relay/people/sign-out.ts'

const login: Login = {
  tokenHash: 'hash',
  accountId: '400100',
  extensionId: '400102',
  name: 'Bea',
  signedInAtMs: 0,
  expiresAtMs: 0,
  checkedAtMs: 0,
  tokens: { accessToken: 'a', accessExpiresAtMs: 0 },
}

it('cuts and revokes at once, also when the disk does not take it', async () => {
  const done: string[] = []
  const signOut = createSignOut({
    logins: { remove: () => Promise.reject(new Error('no room')), all: () => [] },
    rights: { forget: async () => void done.push('forgotten') },
    revokeTokens: ({ accessToken }) => done.push(`revoked ${accessToken}`),
    onRevoked: (tokenHash) => done.push(`cut ${tokenHash}`),
  })
  const ended = signOut(login)
  expect(done).toEqual(['cut hash', 'revoked a'])
  await expect(ended).rejects.toThrow('no room')
})

it.each<[what: string, others: readonly Login[], forgotten: readonly string[]]>([
  ['forgets what somebody may watch with their last browser', [], ['400102']],
  ['keeps it while they are signed in on another', [{ ...login, tokenHash: 'other' }], []],
])('%s', async (_what, others, forgotten) => {
  const done: string[] = []
  const signOut = createSignOut({
    logins: { remove: async () => undefined, all: () => others },
    rights: { forget: async (extensionId) => void done.push(extensionId) },
    revokeTokens: () => undefined,
    onRevoked: () => undefined,
  })
  await signOut(login)
  expect(done).toEqual(forgotten)
})
