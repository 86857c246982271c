import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, it } from 'vitest'
import { carriedOut } from '../../../../entrypoints/lib/store/carried-out.ts'

const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError')
const givenUp = new DOMException('The transaction was aborted.', 'AbortError')

/** As that of a transaction that has come to its end. */
const abort = () => {
  throw new DOMException('The transaction has finished.', 'InvalidStateError')
}

it('tells why a transaction failed, not that its requests were given up', async () => {
  const tx = { done: Promise.reject(full), error: full, abort }
  await expect(carriedOut(tx, [Promise.reject(givenUp)])).rejects.toBe(full)
})

it('tells what a request says where the transaction knows nothing', async () => {
  await expect(carriedOut({ done: Promise.resolve(), error: null, abort }, [Promise.reject(givenUp)])).rejects.toBe(
    givenUp,
  )
})

it('resolves when everything is done', async () => {
  await expect(carriedOut({ done: Promise.resolve(), error: null, abort }, [1, undefined])).resolves.toBeUndefined()
})

it('carries nothing out when work in between fails that is no request', async () => {
  const store = await openDB('carried-out', 1, { upgrade: (db) => void db.createObjectStore('things') })
  const tx = store.transaction('things', 'readwrite')
  const work = async () => {
    await tx.store.get('a')
    throw new Error('a mistake of ours')
  }
  await expect(carriedOut(tx, [tx.store.put(1, 'a'), work(), tx.store.put(2, 'b')])).rejects.toThrow(
    'a mistake of ours',
  )
  expect(await store.getAllKeys('things')).toEqual([])
  store.close()
})
