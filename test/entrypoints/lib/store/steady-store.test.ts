import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createSteadyStore } from '../../../../entrypoints/lib/store/steady-store.ts'

interface FakeStore {
  readonly number: number
  isClosed: boolean
  close(): void
}

let stores: FakeStore[]
let refusals: number

beforeEach(() => {
  stores = []
  refusals = 0
})

const open = async (): Promise<FakeStore> => {
  if (refusals-- > 0) throw new Error('refused')
  const store: FakeStore = {
    number: stores.length + 1,
    isClosed: false,
    close: () => {
      store.isClosed = true
    },
  }
  stores.push(store)
  return store
}

const readNumber = async (store: FakeStore) => {
  if (store.isClosed) throw new Error('closed')
  return store.number
}

describe('a store', () => {
  it('is opened once, and only when it is used', async () => {
    const use = createSteadyStore(open)
    expect(stores).toEqual([])
    expect([await use(readNumber), await use(readNumber)]).toEqual([1, 1])
  })

  it('that could not be opened is opened the next time', async () => {
    refusals = 2
    const use = createSteadyStore(open)
    await expect(use(readNumber)).rejects.toThrow('refused')
    expect(await use(readNumber)).toBe(1)
  })

  it('that was closed under use is opened again at once', async () => {
    const use = createSteadyStore(open)
    await use(readNumber)
    stores[0]?.close()
    expect(await use(readNumber)).toBe(2)
  })

  it('that does not answer is given up, and closed should it open after all', async () => {
    vi.useFakeTimers()
    let answer = (_: FakeStore) => {}
    const silent = () =>
      new Promise<FakeStore>((resolve) => {
        answer = resolve
      })
    const use = createSteadyStore(silent)
    const refused = expect(use(readNumber)).rejects.toMatchObject({ name: 'TimeoutError' })
    await vi.runAllTimersAsync()
    await refused
    vi.useRealTimers()
    const late = await open()
    answer(late)
    await Promise.resolve()
    await expect.poll(() => late.isClosed).toBe(true)
  })
})
