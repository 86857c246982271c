import { readFile } from 'node:fs/promises'
import type { CDPSession, Page } from 'playwright-core'
import { EXTENSION_ID } from '../../../shared/identity.ts'
import type { RelayProcess } from '../relay-process.ts'
import { createRingingCall } from './calls.ts'
import type { Sighting, Stage } from './stage.ts'

/** The card on a page of the CRM, where the extension is signed in at the relay. */
export async function openCardStage(page: Page, url: string, { webhookUrl, headers }: RelayProcess): Promise<Stage> {
  await page.goto(url)
  const evaluate = await enterExtensionWorld(page)
  await evaluate(await readScript('sightings.js'))
  await evaluate(await readScript('watch-card.js'))
  return {
    name: 'the CRM page',
    webhookUrl,
    headers,
    createCall: () => {
      const { callerName, ringing, ended } = createRingingCall()
      return { key: callerName, ringing, ended }
    },
    sight: (key) => evaluate<Sighting>(`sightings.take(${JSON.stringify(key)})`),
    toFront: () => page.bringToFront(),
  }
}

/** Evaluates in the extension's own world of the page, and waits for a promise. */
async function enterExtensionWorld(page: Page): Promise<<Result>(expression: string) => Promise<Result>> {
  const session = await page.context().newCDPSession(page)
  const world = findExtensionWorld(session)
  await session.send('Runtime.enable')
  const contextId = await world
  return async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      contextId,
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
}

function findExtensionWorld(session: CDPSession): Promise<number> {
  return new Promise((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === `chrome-extension://${EXTENSION_ID}`) resolve(context.id)
    })
  })
}

function readScript(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8')
}
