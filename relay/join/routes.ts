import { Hono } from 'hono'
import { EXTENSION_ID } from '../../shared/extension-key.ts'
import type { InvitationAnswer } from '../../shared/protocol/http/invitation.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import type { Settings } from '../config.ts'
import { respondDocument } from '../http/page.ts'
import { drawInvitation } from './invitation-page.ts'
import { chooseTexts } from './invitation-texts.ts'

export interface JoinDependencies {
  readonly settings: Pick<Settings, 'company' | 'sites' | 'installUrl' | 'extensionIds'>
  readonly publicUrl: string
}

/**
 * The invitation of a company: a page for its people, and the same for the extension that is given the page's address. The page has
 * no way into the extension, and needs none: whoever is invited carries the link over, once. So no page, this one included, can
 * find out whether Ringside is installed or tell it anything.
 */
export function createJoinRoutes({ settings, publicUrl }: JoinDependencies): Hono {
  const routes = new Hono()

  routes.get(ROUTES.join, (c) => {
    const page = drawInvitation(chooseTexts(c.req.header('accept-language')), {
      company: settings.company,
      installUrl: settings.installUrl ?? findStorePage(settings.extensionIds),
      link: new URL(ROUTES.join, publicUrl).href,
    })
    return respondDocument(c, { ...page, headers: { vary: 'accept-language' } })
  })

  routes.get(ROUTES.invitation, (c) => {
    const answer: InvitationAnswer = { company: settings.company ?? '', sites: settings.sites }
    return c.json(answer, 200, { 'cache-control': 'no-store' })
  })

  return routes
}

/** A build of one's own, which has the id of the project's key, is in no store. */
function findStorePage(extensionIds: readonly string[]): string | undefined {
  const id = extensionIds.find((one) => one !== EXTENSION_ID)
  return id === undefined ? undefined : `https://chromewebstore.google.com/detail/${id}`
}
