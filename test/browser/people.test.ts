import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInByHand } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene?.close())

const deliverAll = async (name: 'pstn-to-user' | 'user-to-user') => {
  for (const { envelope } of restampStream(name, Date.now() - 60_000)) await scene.platform.deliver(envelope)
}

describe('before anybody has signed in', () => {
  it('the popup says what is needed and leads there', async () => {
    const popup = await scene.openPopup()
    await popup.getByText('Ringside isn’t connected to your company yet.').waitFor()
    const opened = scene.browser.context.waitForEvent('page')
    await popup.getByRole('button', { name: 'Set up Ringside' }).click()
    const welcome = await opened
    await welcome.getByRole('button', { name: 'See a sample call' }).waitFor()
    await welcome.getByLabel('Invitation link or company address').waitFor()
    await welcome.close()
    await popup.close()
  })

  const REFUSALS = [
    ['a word with spaces', 'That isn’t a company address.'],
    ['http://relay.example.com', 'That isn’t a company address.'],
    ['http://127.0.0.1:9', 'Nothing answers there.'],
  ] as const

  it('the settings refuse what is no relay and say why, also what answers there', async () => {
    const settings = await scene.browser.open('options.html')
    for (const [address, sentence] of REFUSALS) {
      await step(address, async () => {
        await settings.getByLabel('Invitation link or company address').fill(address)
        await settings.getByRole('button', { name: 'Connect' }).click()
        await settings.getByText(sentence).waitFor()
        // Of the next address nothing is said until it is looked at.
        await settings.reload()
      })
    }
    await settings.getByLabel('Invitation link or company address').fill(scene.crmUrl)
    await settings.getByRole('button', { name: 'Connect' }).click()
    await settings
      .getByText('Nothing answers there.')
      .or(settings.getByText('Something answers there, but it isn’t Ringside.'))
      .waitFor()
    await settings.close()
  })
})

describe('signing in', () => {
  it('says so when access was denied, when the window was closed, and when the account is another', async () => {
    const settings = await scene.browser.open('options.html')
    const attempt = async (button: string | undefined) => {
      const window = scene.browser.context.waitForEvent('page')
      await settings.getByRole('button', { name: 'Sign in' }).click()
      const page = await window
      if (button === undefined) {
        await page.waitForLoadState()
        await page.close()
      } else {
        await page.getByRole('button', { name: button }).click()
      }
    }
    await settings.getByLabel('Invitation link or company address').fill(scene.relayUrl)
    await settings.getByRole('button', { name: 'Connect' }).click()
    await settings.getByText('Connected.', { exact: true }).waitFor()

    await attempt('Deny')
    await settings.getByText('RingCentral says that access was denied.').waitFor()
    await attempt(undefined)
    await settings.getByText('The sign-in window was closed before you signed in.').waitFor()
    await attempt('Otto Fremd')
    await settings.getByText('That person belongs to another RingCentral account than your company’s.').waitFor()
    await settings.close()
  })
})

describe('two people on one browser', () => {
  it('never see each other’s calls', async () => {
    const names = async () => {
      const popup = await scene.openPopup()
      await popup.getByRole('heading', { name: 'Last calls' }).waitFor()
      await popup.getByText('Live', { exact: true }).waitFor()
      const said = {
        title: await popup.getByRole('heading', { level: 1 }).textContent(),
        calls: (await popup.locator('details .who').allInnerTexts()).sort(),
      }
      await popup.close()
      return said
    }
    await signInByHand(scene, 'Bea Lindqvist')
    await deliverAll('pstn-to-user')
    await expect.poll(names).toEqual({ title: 'Bea Lindqvist', calls: ['Ada Winter'] })

    const revocations = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/revoke').length
    const revokedBefore = revocations()
    await signOut()
    // The worker's DELETE has reached the relay, which gives up the person's tokens at RingCentral too.
    await expect.poll(revocations).toBe(revokedBefore + 1)
    const popup = await scene.openPopup()
    await popup.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await popup.locator('body').textContent()).not.toContain('Ada Winter')
    await popup.close()

    await signInByHand(scene, 'Sam Okafor')
    expect(await names()).toEqual({ title: 'Sam Okafor', calls: [] })
    await deliverAll('user-to-user')
    await expect.poll(names).toEqual({ title: 'Sam Okafor', calls: ['Bea Lindqvist'] })

    await signOut()
    await signInByHand(scene, 'Bea Lindqvist')
    await expect.poll(names).toEqual({ title: 'Bea Lindqvist', calls: ['Ada Winter', 'Sam Okafor'] })
  })
})

async function signOut(): Promise<void> {
  const settings = await scene.browser.open('options.html')
  await settings.getByRole('button', { name: 'Sign out' }).click()
  await settings.getByText('Signed out.').waitFor()
  await settings.close()
}
