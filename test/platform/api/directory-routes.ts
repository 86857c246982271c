import { Hono } from 'hono'
import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'
import type { Queue } from '../queue.ts'
import type { CountAs } from './count-as.ts'
import { describePage } from './pages.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** The company's directory: everybody's extension and every queue's. Mounted below an account's path. */
export function createDirectoryRoutes(world: {
  readonly directory: Directory
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { directory, countAs, needs } = world
  const routes = new Hono<RestEnv>()

  routes.get('/directory/entries', countAs('Medium'), needs('ReadAccounts'), (c) => {
    const { accountId } = c.get('login').person
    const types = c.req.queries('type') ?? []
    const entries = [
      ...directory.people(accountId).map((person) => describePerson(person, directory)),
      ...directory.queues(accountId).map(describeQueue),
    ].filter(({ type }) => types.length === 0 || types.includes(type))
    const { records, paging } = describePage(c, entries, { perPage: 1000, most: 2000 })
    return c.json({ records, paging })
  })

  return routes
}

/** Ids are texts here. A person has a first and a last name, and no `name`. */
function describePerson(person: Person, directory: Directory) {
  const { extensionId, extensionNumber, name, email, phoneNumber, accountId } = person
  const [firstName, ...rest] = name.split(' ')
  return {
    ...describeEntry({ extensionId, extensionNumber, phoneNumber, accountId }),
    type: 'User',
    status: directory.isEnabled(extensionId) ? 'Enabled' : 'Disabled',
    firstName,
    lastName: rest.join(' '),
    email,
  }
}

function describeQueue({ name, ...queue }: Queue) {
  return { ...describeEntry(queue), type: 'Department', status: 'Enabled', name }
}

function describeEntry(entry: Pick<Person, 'extensionId' | 'extensionNumber' | 'phoneNumber' | 'accountId'>) {
  const { extensionId, extensionNumber, phoneNumber, accountId } = entry
  return {
    id: extensionId,
    account: { id: accountId },
    extensionNumber,
    phoneNumbers: [{ phoneNumber, type: 'VoiceFax', usageType: 'DirectNumber' }],
    hidden: false,
  }
}
