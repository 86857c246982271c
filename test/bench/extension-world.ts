import type { CDPSession, Page } from 'playwright-core'
import { EXTENSION_ID } from '../../shared/extension-key.ts'

/** Evaluates in the extension's own world of a page, and waits for a promise. */
export type Evaluate = <Result>(expression: string) => Promise<Result>

export async function enterExtensionWorld(page: Page): Promise<Evaluate> {
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
