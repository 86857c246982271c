import type { CDPSession, Page } from 'playwright-core'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { AXE_OPTIONS, AXE_SOURCE } from './axe.ts'
import { LIST_CUT_OFF } from './cut-off.ts'

/**
 * Reads the card on a page as a person sees it. Its shadow root is closed, and no hook ships to open it: the extension's own
 * isolated world may look inside, so what is read is read there, and clicks are the mouse's.
 */
export interface CardReader {
  /** What the cards say, the newest first; an empty list when there is none. */
  read(): Promise<readonly CardText[]>
  /** Text of the line about a lost connection, if there is one. */
  readLost(): Promise<string | undefined>
  /** What the elements that match say, in the order of the document. */
  texts(selector: string): Promise<readonly string[]>
  /** An attribute or property of the first element that matches, as text; `undefined` when there is none. */
  property(selector: string, name: string): Promise<string | undefined>
  /** Where the first element that matches is in the window, CSS px; `undefined` when there is none. */
  box(selector: string): Promise<CardBox | undefined>
  /** How the first element that matches is drawn, or what is drawn before or after it (`::before`); `undefined` without it. */
  style(selector: string, name: string, pseudo?: string): Promise<string | undefined>
  /** What the element in the card that has the keys is called; `undefined` when the page has them. */
  focused(): Promise<string | undefined>
  /** Clicks where the first element that matches is. */
  click(selector: string): Promise<void>
  /** Whether there is a button of this name. */
  has(name: string): Promise<boolean>
  /** Clicks where the first button of this name is, when there is one that has a size. */
  press(name: string): Promise<void>
  /**
   * What axe finds in the card, as "rule: element". It cannot tell contrast in a closed root; the card's colours are those of
   * the extension's pages, where it can.
   */
  findBarriers(): Promise<readonly string[]>
  /** Numbers and times that are drawn, but not as a whole, as "what: where". */
  findCutOff(): Promise<readonly string[]>
}

export interface CardBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface CardText {
  readonly state: string
  readonly time: string | undefined
  readonly via: string
  /** `undefined` for a call on one line, whose `via` says it. */
  readonly name: string | undefined
  readonly number: string | undefined
  readonly figures: Readonly<Record<string, string>>
}

export async function createCardReader(page: Page): Promise<CardReader> {
  const session = await page.context().newCDPSession(page)
  const worlds = await followWorlds(session)

  /**
   * Evaluates an expression over `root`, the card's shadow root; `undefined` where there is none. Throws where an extension that was
   * reloaded has left its world behind, and has not come back to the page.
   */
  async function evaluate<T>(expression: string): Promise<T | undefined> {
    for (const contextId of worlds.toReversed()) {
      const { result, exceptionDetails } = await session
        .send('Runtime.evaluate', {
          contextId,
          returnByValue: true,
          awaitPromise: true,
          expression: `(async () => {
            if (!globalThis.chrome?.dom) return { isOrphan: true }
            const host = document.querySelector('ringside-card')
            const root = host && chrome.dom.openOrClosedShadowRoot(host)
            return { read: root ? await (${expression}) : undefined }
          })()`,
        })
        // The page has gone on to another document between the look and the question.
        .catch(() => ({ result: { value: {} }, exceptionDetails: undefined }))
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      if (result.value.isOrphan !== true) return result.value.read
    }
    if (worlds.length > 0) throw new Error('the extension should have come back to the page, but has not')
    return undefined
  }

  async function clickAt(box: CardBox): Promise<void> {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  }

  function readBox(selector: string): Promise<CardBox | undefined> {
    return evaluate<CardBox>(`root.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect().toJSON()`)
  }

  /** Where it is once it has stayed there for two frames: what comes to be known a moment later makes a card higher. */
  async function readRestingBox(selector: string): Promise<CardBox | undefined> {
    for (;;) {
      const before = await readBox(selector)
      // A page in the background draws no frames.
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            requestAnimationFrame(() => requestAnimationFrame(resolve))
            setTimeout(resolve, 100)
          }),
      )
      const box = await readBox(selector)
      if (box?.x === before?.x && box?.y === before?.y) return box
    }
  }

  return {
    read: async () =>
      (await evaluate<CardText[]>(`[...root.querySelectorAll('article')].map((card) => {
        const text = (selector) => card.querySelector(selector)?.textContent ?? undefined
        return {
          state: text('.state'), time: text('.time'), via: text('.via'), name: text('.name'), number: text('.number'),
          figures: Object.fromEntries([...card.querySelectorAll('dl > div')].map((figure) =>
            [figure.querySelector('dt').textContent, figure.querySelector('dd').textContent])),
        }
      })`)) ?? [],
    texts: async (selector) =>
      (await evaluate<string[]>(
        `[...root.querySelectorAll(${JSON.stringify(selector)})].map((element) => element.innerText)`,
      )) ?? [],
    property: (selector, name) =>
      evaluate<string>(`(() => {
        const element = root.querySelector(${JSON.stringify(selector)})
        const value = element?.[${JSON.stringify(name)}] ?? element?.getAttribute(${JSON.stringify(name)})
        return value == null ? undefined : String(value)
      })()`),
    box: readBox,
    style: (selector, name, pseudo) =>
      evaluate<string>(`(() => {
        const element = root.querySelector(${JSON.stringify(selector)})
        if (!element) return undefined
        return getComputedStyle(element, ${JSON.stringify(pseudo ?? null)}).getPropertyValue(${JSON.stringify(name)})
      })()`),
    focused: () =>
      evaluate<string>(`(() => {
        const element = root.activeElement
        return element ? (element.getAttribute('aria-label') ?? element.innerText) : undefined
      })()`),
    readLost: () => evaluate<string>(`root.querySelector('.lost')?.textContent ?? undefined`),
    findBarriers: async () => {
      if ((await evaluate<boolean>(`'axe' in globalThis`)) === false) {
        await evaluate(`(() => {
          ${AXE_SOURCE}
          globalThis.axe = axe
        })()`)
      }
      const found = await evaluate<string[]>(`(async () => {
        // axe looks into open roots only; in this world, and only here, the card's is made to look open.
        Object.defineProperty(host, 'shadowRoot', { value: root, configurable: true })
        const { violations, passes } = await axe.run('ringside-card', ${JSON.stringify(AXE_OPTIONS)})
        // The script that reads the page's numbers lives in this world as well, and would read the card.
        delete host.shadowRoot
        // The button that puts the card away is always there to be judged.
        if ([...passes, ...violations].every(({ id }) => id !== 'button-name')) return ['axe did not look inside']
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
      })()`)
      return found ?? ['there is no card']
    },
    findCutOff: async () => (await evaluate<string[]>(`(${LIST_CUT_OFF})(root)`)) ?? ['there is no card'],
    click: async (selector) => {
      const box = await readRestingBox(selector)
      if (box === undefined) throw new Error(`there is no card to click ${selector} on`)
      await clickAt(box)
    },
    has: async (name) => (await evaluate<boolean>(`${findButton(name)} !== undefined`)) ?? false,
    press: async (name) => {
      const box = await evaluate<CardBox>(`${findButton(name)}?.getBoundingClientRect().toJSON()`)
      if (box !== undefined) await clickAt(box)
    },
  }
}

/** An expression for the first button of this name. */
function findButton(name: string): string {
  return `[...root.querySelectorAll('button')]
    .find((button) => (button.getAttribute('aria-label') ?? button.innerText) === ${JSON.stringify(name)})`
}

/** The extension's isolated worlds on the page's documents, the newest last. */
async function followWorlds(session: CDPSession): Promise<readonly number[]> {
  const worlds: number[] = []
  // The page's own document: frames in it may have such a world too, and no card.
  const { frameTree } = await session.send('Page.getFrameTree')
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const isPage = context.auxData?.frameId === frameTree.frame.id
    if (isPage && context.origin === `chrome-extension://${EXTENSION_ID}`) worlds.push(context.id)
  })
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    const index = worlds.indexOf(executionContextId)
    if (index !== -1) worlds.splice(index, 1)
  })
  session.on('Runtime.executionContextsCleared', () => worlds.splice(0))
  await session.send('Runtime.enable')
  return worlds
}
