import { beforeEach, describe, expect, it } from 'vitest'
import type { PageCommand } from '../../../entrypoints/lib/contract/ports.ts'
import { createPagePort, type PagePort, type Port } from '../../../entrypoints/page-link/page-port.ts'

let page: PagePort
/** Every port that was opened, as the worker's end of it. */
let ports: { readonly tell: (command: PageCommand) => void; readonly end: () => void; isLeft: boolean }[]
let isCutOff: boolean
let opened: number

function open(): Port | undefined {
  if (isCutOff) return undefined
  const hears: ((command: PageCommand) => void)[] = []
  const ends: (() => void)[] = []
  const other = {
    tell: (command: PageCommand) => {
      for (const hear of hears) hear(command)
    },
    end: () => {
      for (const end of ends) end()
    },
    isLeft: false,
  }
  ports.push(other)
  return {
    onMessage: { addListener: (listener) => hears.push(listener) },
    onDisconnect: { addListener: (listener) => ends.push(listener) },
    postMessage: () => undefined,
    disconnect: () => {
      other.isLeft = true
    },
  }
}

beforeEach(() => {
  ports = []
  isCutOff = false
  opened = 0
  page = createPagePort({
    open,
    onOpened: () => {
      opened += 1
    },
  })
  page.connect()
})

const greet = (run: string) => ports.at(-1)?.tell({ type: 'hello', run })

describe('the port of a page', () => {
  it('comes back when the worker is ended, and says anew how the page is', () => {
    ports[0]?.end()
    expect(ports).toHaveLength(2)
    expect(opened).toBe(2)
  })

  it('is opened anew where its worker has died without a word and the next one wakes the page', () => {
    greet('first')
    page.obey({ type: 'wake', run: 'second' })
    expect(ports).toHaveLength(2)
    expect(ports[0]?.isLeft).toBe(true)
    // What Chrome says of the old one after all changes nothing.
    ports[0]?.end()
    ports[0]?.tell({ type: 'rest' })
    expect(ports).toHaveLength(2)
    ports[1]?.end()
    expect(ports).toHaveLength(3)
  })

  it('is left alone by the worker that it leads to', () => {
    greet('first')
    page.obey({ type: 'wake', run: 'first' })
    expect(ports).toHaveLength(1)
  })

  it('rests where nobody is signed in, until it is woken', () => {
    greet('first')
    ports[0]?.tell({ type: 'rest' })
    ports[0]?.end()
    expect(ports).toHaveLength(1)
    page.obey({ type: 'wake', run: 'second' })
    expect(ports).toHaveLength(2)
    ports[1]?.end()
    expect(ports).toHaveLength(3)
  })

  it('is left with the page and opened when that comes back', () => {
    page.leave()
    expect(ports[0]?.isLeft).toBe(true)
    page.comeBack()
    expect(ports).toHaveLength(2)
  })

  it('is not opened by a script that is cut off from its extension', () => {
    isCutOff = true
    ports[0]?.end()
    expect(ports).toHaveLength(1)
  })
})
