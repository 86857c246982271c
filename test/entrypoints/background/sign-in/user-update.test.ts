import { expect, it } from 'vitest'
import { selectUserUpdate } from '../../../../entrypoints/background/sign-in/user-update.ts'
import type { User } from '../../../../shared/protocol/wire.ts'

const bea: User = { accountId: '400100', extensionId: '400102', name: 'Bea', role: 'agent' }
const atHome: User = { ...bea, homeCountry: 'AT' }

it.each<[what: string, before: User, latest: User, now: User | undefined]>([
  ['a home country is new', bea, atHome, atHome],
  ['it is another', atHome, { ...bea, homeCountry: 'DE' }, { ...bea, homeCountry: 'DE' }],
  ['it is not told any more', atHome, bea, undefined],
  ['the name is another, and no home country told', atHome, { ...bea, name: 'B.' }, { ...atHome, name: 'B.' }],
  ['the role is another', bea, { ...bea, role: 'supervisor' }, { ...bea, role: 'supervisor' }],
  ['nothing is new', atHome, atHome, undefined],
  ['it is somebody else', bea, { ...atHome, extensionId: '400104' }, undefined],
])('when %s', (_, before, latest, now) => {
  expect(selectUserUpdate(before, latest)).toEqual(now)
})
