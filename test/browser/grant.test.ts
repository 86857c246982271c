import { describe, expect, it } from 'vitest'
import { canOpenDisplay, openDisplay } from '../support/browser/display.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { closeLentBrowsers } from './lent-browser.ts'
import { openScene, signInAs } from './scene.ts'

const hasDisplay = canOpenDisplay()
if (!hasDisplay) console.warn('skipped: the prompt for a site needs Xvfb and xdotool, which are not on this machine')

describe.runIf(hasDisplay)('a site that is granted in the settings', () => {
  it("asks by the browser's own prompt, and a page that was open before shows the next call", async () => {
    const display = await openDisplay()
    const scene = await openScene({ grantedSites: [], isHeadless: false, display: display.name })
    try {
      await signInAs(scene, 'Bea Lindqvist')
      const { page, card } = await scene.openCrm()
      const settings = await scene.browser.open('options.html')
      await settings.getByText('No site yet. Add the address of your CRM.').waitFor()
      await settings.getByLabel('Address of your CRM').fill(scene.crmUrl)
      await settings.getByRole('button', { name: 'Add site' }).click()
      // The prompt is a window of the browser's, and tells nobody when it is there.
      await eventually(
        async () => {
          display.press('Tab', 'Return')
          const said = settings.getByText('Added http://localhost. Open pages show the next call at once.')
          expect(await said.count()).toBe(1)
        },
        { intervalMs: 500 },
      )
      await page.bringToFront()
      for (const { envelope } of restampStream('pstn-to-user', Date.now()).slice(0, 7))
        await scene.platform.deliver(envelope)
      await eventually(async () => expect((await card.read())[0]?.name).toBe('Ada Winter'))
    } finally {
      await scene.close()
      await closeLentBrowsers()
      await display.close()
    }
  })
})
