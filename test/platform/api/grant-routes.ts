import { Hono } from 'hono'
import type { Features } from '../features.ts'
import { GRANT_FLAGS, type Grant, type Grants } from '../grants.ts'
import type { CountAs } from './count-as.ts'
import { describePage } from './pages.ts'
import { missingPermission, notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** What an extension may do with others. Mounted below an account's path. */
export function createGrantRoutes(world: {
  readonly grants: Grants
  readonly features: Features
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { grants, features, countAs, needs } = world
  const routes = new Hono<RestEnv>()

  routes.get('/extension/:extensionId/grant', countAs('Light'), needs('ReadAccounts', 'ReadExtensionGrant'), (c) => {
    const { person } = c.get('login')
    const asked = c.req.param('extensionId')
    const holderId = asked === '~' ? person.extensionId : asked
    if (holderId !== person.extensionId && !person.isAdministrator)
      throw missingPermission('user', 'ReadExtensionGrant')
    if (holderId === '') throw notFound('extensionId')
    const types = c.req.queries('extensionType') ?? []
    const canListen = features.lacking('CallMonitoring', holderId) === undefined
    const held = grants.of(holderId).filter(({ extension }) => types.length === 0 || types.includes(extension.type))
    const page = describePage(c, held, { perPage: 100, most: 1000 })
    return c.json({
      ...page,
      records: page.records.map((grant) => describeGrant(grant, { canListen, uri: c.req.url.replace(/\?.*/, '') })),
    })
  })

  return routes
}

/** Each flag is told, granted or not; that of a feature which the extension lacks is left out. */
function describeGrant({ extension, flags }: Grant, { canListen, uri }: { canListen: boolean; uri: string }) {
  return {
    uri: `${uri}/${extension.id}`,
    extension: { uri: uri.replace(/[^/]+\/grant$/, extension.id), ...extension },
    ...Object.fromEntries(
      GRANT_FLAGS.filter((flag) => flag !== 'callMonitoring' || canListen).map((flag) => [flag, flags.has(flag)]),
    ),
  }
}
