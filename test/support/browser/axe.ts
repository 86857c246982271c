import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** axe, as a script to be run where there is something to look at. Defines `axe`. */
export const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules about colours. In another colour scheme nothing but colours is different. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

export interface LookOptions {
  /** The part of the page to look at, as a selector; all of it unless given. */
  readonly within?: string
  /** Looks at colours alone: at a page that was looked at in another colour scheme. */
  readonly isColoursOnly?: boolean
}

/** Of what is well, one element a rule is kept, and of none where it is on the page. */
export const AXE_OPTIONS = { resultTypes: ['violations'], selectors: false } as const

/** What axe finds on a page, as "rule: element". */
export async function findBarriers(
  page: Page,
  { within = 'html', isColoursOnly = false }: LookOptions = {},
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE_SOURCE)
  return page.evaluate(
    async ({ within, rules, options: { resultTypes, selectors } }) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
      const { violations } = await axe.run(within, {
        resultTypes: [...resultTypes],
        selectors,
        ...(rules && { runOnly: { type: 'rule', values: rules } }),
      })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    },
    { within, rules: isColoursOnly ? COLOUR_RULES : undefined, options: AXE_OPTIONS },
  )
}

/** What axe finds on a page in light and in dark. Leaves it dark. */
export async function findBarriersInBoth(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const inLight = await findBarriers(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  return [...inLight, ...(await findBarriers(page, { isColoursOnly: true }))]
}
