import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CRMS } from '../../entrypoints/lib/crm/crms.ts'
import { type KnownCrms, startKnownCrms } from '../crm/known/known-crms.ts'
import type { Call } from '../platform/calls/call.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let crms: KnownCrms
let scene: Scene

beforeAll(async () => {
  crms = await startKnownCrms()
})
afterAll(() => crms?.close())
beforeEach(async () => {
  scene = await openScene({
    grantedSites: ['http://localhost/*', ...CRMS.flatMap(({ matches }) => matches)],
    extraArgs: crms.browserArgs,
  })
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

interface Opened {
  readonly page: Page
  readonly card: CardReader
}

async function open(address: string): Promise<Opened> {
  const page = await scene.browser.context.newPage()
  await page.goto(address)
  return { page, card: await createCardReader(page) }
}

const HERE = 'On this page'

const saysHere = (card: CardReader) => eventually(async () => expect(await card.texts('.facts .here')).toEqual([HERE]))
const saysNotHere = (card: CardReader, crmName: string) =>
  eventually(async () => {
    expect(await card.texts('.match .ways > .button')).toEqual([`Search ${crmName}`])
    expect(await card.texts('.facts .here')).toEqual([])
  })
const said = (card: CardReader) => card.property('.match ul', 'aria-label')
const titles = (card: CardReader) => card.texts('.match .title')

/** Presses a button of the card until it acts: that takes as long as a person needs to see it. */
async function pressUntil(card: CardReader, name: string, isDone: () => Promise<unknown>): Promise<void> {
  await eventually(
    async () => {
      await card.press(name)
      await isDone()
    },
    { intervalMs: 300 },
  )
}

/** Presses a button of the card until a tab is there whose address begins so, and gives the address. */
async function follow({ page, card }: Opened, name: string, start: string): Promise<string> {
  await page.bringToFront()
  // A second press may open a second tab, late.
  const opened = () => scene.browser.context.pages().filter((one) => one !== page && one.url().startsWith(start))
  await pressUntil(card, name, async () => expect(opened().length).toBeGreaterThan(0))
  const addresses = opened().map((one) => one.url())
  for (const one of opened()) await one.close()
  return addresses[0] ?? ''
}

const RECORDS = {
  Salesforce: 'https://acme.lightning.force.com/lightning/r/Contact/0035g00000ADA1/view',
  HubSpot: 'https://app.hubspot.com/contacts/42/record/0-1/101',
  Zendesk: 'https://acme.zendesk.com/agent/users/101',
  Pipedrive: 'https://acme.pipedrive.com/person/101',
  'Zoho CRM': 'https://crm.zoho.com/crm/org42/tab/Contacts/101',
  'Dynamics 365': 'https://acme.crm4.dynamics.com/main.aspx?appid=7f1b-01&pagetype=entityrecord&etn=contact&id=c0de-01',
  Freshdesk: 'https://acme.freshdesk.com/a/contacts/101',
} as const

const SEARCHES: Readonly<Record<keyof typeof RECORDS, readonly [from: string, to: string]>> = {
  Salesforce: ['https://acme.lightning.force.com/lightning/page/home', 'https://acme.lightning.force.com/one/one.app#'],
  HubSpot: [
    'https://app.hubspot.com/contacts/42/objects/0-1',
    'https://app.hubspot.com/contacts/42/objects/0-1/views/all/list?query=4085550123',
  ],
  Zendesk: [
    'https://acme.zendesk.com/agent/home',
    'https://acme.zendesk.com/agent/search/1?type=user&q=%2B14085550123',
  ],
  Pipedrive: ['https://acme.pipedrive.com/deals', 'https://acme.pipedrive.com/search?term=4085550123'],
  'Zoho CRM': [
    'https://crm.zoho.com/crm/org42/tab/Home',
    'https://crm.zoho.com/crm/search?searchword=4085550123&isRelevance=false',
  ],
  'Dynamics 365': [
    'https://acme.crm4.dynamics.com/main.aspx?appid=7f1b-01&pagetype=dashboard',
    'https://acme.crm4.dynamics.com/main.aspx?appid=7f1b-01&pagetype=search&searchText=4085550123&searchType=0',
  ],
  Freshdesk: [
    'https://acme.freshdesk.com/a/dashboard',
    'https://acme.freshdesk.com/a/search/customers?term=4085550123',
  ],
}

const NAMES = Object.keys(RECORDS) as readonly (keyof typeof RECORDS)[]

describe('a page of each CRM', () => {
  beforeEach(() => {
    scene.platform.placeCall({ from: '+14085550123', to: '400102' }).answer()
  })

  it('knows the record of the caller for it', async () => {
    for (const name of NAMES) {
      await step(name, async () => {
        const { page, card } = await open(RECORDS[name])
        await saysHere(card)
        await takePicture(page, `match-${name.toLowerCase().replaceAll(' ', '-')}`)
        await page.close()
      })
    }
  })

  it('where the caller is not shown, its search is offered and finds them', async () => {
    for (const name of NAMES) await step(name, () => expectSearch(name))
  })

  async function expectSearch(name: (typeof NAMES)[number]): Promise<void> {
    const [from, to] = SEARCHES[name]
    const opened = await open(from)
    await saysNotHere(opened.card, name)
    const address = await follow(opened, `Search ${name}`, to)
    if (name !== 'Salesforce') expect(address).toBe(to)
    else {
      const encoded = decodeURIComponent(address.slice(to.length))
      const searchPage = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
      expect(searchPage.attributes.term).toBe('(408) 555-0123')
    }
    await opened.page.close()
  }

  it.each([
    ['Salesforce', 'display', 'none'],
    ['Zendesk', 'data-is-active', 'false'],
  ] as const)('%s: of the records that are open in one page, the one in front counts', async (name, how, behind) => {
    const { page, card } = await open(RECORDS[name])
    await saysHere(card)
    const swap = () =>
      page.evaluate(
        ({ how, behind }) => {
          for (const pane of document.body.querySelectorAll<HTMLElement>(':scope > div, :scope > section')) {
            if (how === 'display') pane.style.display = pane.style.display === behind ? '' : behind
            else pane.setAttribute(how, String(pane.getAttribute(how) === behind))
          }
        },
        { how, behind },
      )
    await swap()
    await saysNotHere(card, name)
    await swap()
    await saysHere(card)
    await page.close()
  })

  it('Salesforce: a Visualforce page in a frame counts, whatever the frame goes on to', async () => {
    const { page, card } = await open('https://acme.lightning.force.com/lightning/r/Contact/0035g00000VF1/view')
    await saysHere(card)
    const go = (address: string) =>
      page.evaluate((src) => {
        const frame = document.querySelector('iframe')
        if (frame) frame.src = src
      }, address)
    await go('https://acme--c.vf.force.com/apex/Start')
    await saysNotHere(card, 'Salesforce')
    await go('https://acme--c.vf.force.com/apex/Phone')
    await saysHere(card)
    await page.evaluate(() => document.querySelector('iframe')?.remove())
    await saysNotHere(card, 'Salesforce')
    await page.close()
  })

  it('that goes from record to record by itself says what is true of the one that is there', async () => {
    const { page, card } = await open('https://acme.zendesk.com/agent/home')
    await saysNotHere(card, 'Zendesk')
    const go = (path: string, text: string) =>
      page.evaluate(
        ([path, text]) => {
          history.pushState(null, '', path)
          document.body.textContent = text
        },
        [path, text] as const,
      )
    await go('/agent/users/7', 'Ada Winter, 408 555 0123')
    await saysHere(card)
    await go('/agent/users/8', 'Grace Okonkwo, 206 555 0147')
    await saysNotHere(card, 'Zendesk')
    // The worker that heard of all this may be gone the next moment.
    await scene.browser.endWorker()
    await go('/agent/users/7', 'Ada Winter, 408 555 0123')
    await saysHere(card)
    await page.close()
  })
})

/** Ends a call and puts its card away. */
async function endCall(call: Call): Promise<void> {
  const { page, card } = await scene.openCrm()
  call.hangUp('agent')
  await eventually(async () => expect((await card.read())[0]?.state).toBe('Ended'))
  await page.bringToFront()
  await pressUntil(card, 'Hide this call', async () => expect(await card.read()).toEqual([]))
  await page.close()
}

describe('several records', () => {
  const priya = (host: string) => `https://acme.${host}.com/${host === 'zendesk' ? 'agent/users' : 'person'}/102`

  it('are offered on every page, the chosen one first everywhere, and again when their tabs are closed', async () => {
    const first = await open('https://acme.zendesk.com/agent/home')
    const second = await open('https://acme.freshdesk.com/a/dashboard')
    const call = scene.platform.placeCall({ from: '+442079460018', to: '400102' })
    call.answer()
    await saysNotHere(first.card, 'Zendesk')
    const zendesk = await open(priya('zendesk'))
    await saysHere(zendesk.card)
    await eventually(async () => {
      expect(await said(first.card)).toBe('One record shows this number')
      expect(await titles(first.card)).toEqual(['Priya Natarajan – Zendesk'])
    })
    const pipedrive = await open(priya('pipedrive'))
    await saysHere(pipedrive.card)
    await eventually(async () => {
      expect(await said(second.card)).toBe('2 records show this number')
      expect(await titles(second.card)).toEqual(['Priya Natarajan – Zendesk'])
      expect(await titles(zendesk.card)).toEqual(['Priya Natarajan - Pipedrive'])
    })
    // The first has a line, the rest is there when asked for.
    for (const { page, card } of [first, second]) {
      await page.bringToFront()
      await pressUntil(card, '+1 · 2 records show this number', async () =>
        expect(await titles(card)).toEqual(['Priya Natarajan – Zendesk', 'Priya Natarajan - Pipedrive']),
      )
    }
    await takePicture(second.page, 'match-several')
    expect(await second.card.findBarriers()).toEqual([])

    await first.page.bringToFront()
    await pressUntil(first.card, 'Open Priya Natarajan - Pipedrive', async () =>
      expect(await titles(second.card)).toEqual(['Priya Natarajan - Pipedrive', 'Priya Natarajan – Zendesk']),
    )
    expect(await second.card.texts('.match li[data-chosen="true"]')).toEqual([
      expect.stringMatching(/^Priya Natarajan - Pipedrive\s+Chosen\s+\+1\s+Open$/),
    ])
    await takePicture(second.page, 'match-chosen')

    await pipedrive.page.close()
    const record = priya('pipedrive')
    expect(await follow(second, 'Open Priya Natarajan - Pipedrive', record)).toBe(record)
  })
})

describe('a page', () => {
  it('is the same after a call as before, and has seen nothing but the card come and go', async () => {
    const { page, card } = await open(RECORDS.Salesforce)
    const before = await page.content()
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    await saysHere(card)
    await endCall(call)
    await eventually(async () => expect(await page.locator('ringside-card').count()).toBe(0))
    expect(await page.content()).toBe(before)
    const changes = await page.evaluate(() => (globalThis as unknown as { changes: readonly string[] }).changes)
    // What came before the end of the parser is the page's own.
    const afterwards = changes.slice(changes.findIndex((change) => change.includes('RINGSIDE-CARD')))
    expect(new Set(afterwards)).toEqual(new Set(['childList HTML RINGSIDE-CARD']))
    await page.close()
  })

  it('full of other numbers is read on for links', async () => {
    const { page, card } = await open('https://acme.freshdesk.com/a/dashboard')
    await page.evaluate(() => {
      const orders = Array.from({ length: 1000 }, (_, index) => `<p>Order ${20_290_000 + index}</p>`).join('')
      document.body.innerHTML = `${orders}<a href="tel:+1-408-555-0123">Call</a>`
    })
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    await saysHere(card)
    await endCall(call)
    await page.close()
  })

  it('of any size is read to its end, and what is far down in it is found', async () => {
    const { page, card } = await open('https://acme.freshdesk.com/a/dashboard')
    await page.evaluate(() => {
      const row = `<tr>${'<td>Order 4711</td><td>2024-11-03</td><td>1,234.50</td>'.repeat(5)}</tr>`
      document.body.innerHTML = `<table>${row.repeat(3000)}</table><p>+1 408 555 0123</p>`
    })
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    await saysHere(card)
  })
})
