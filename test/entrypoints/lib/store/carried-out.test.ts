import { expect, it } from 'vitest'
import { carriedOut } from '../../../../entrypoints/lib/store/carried-out.ts'

const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError')
const givenUp = new DOMException('The transaction was aborted.', 'AbortError')

it('tells why a transaction failed, not that its requests were given up', async () => {
  const tx = { done: Promise.reject(full), error: full }
  await expect(carriedOut(tx, [Promise.reject(givenUp)])).rejects.toBe(full)
})

it('tells what a request says where the transaction knows nothing', async () => {
  await expect(carriedOut({ done: Promise.resolve(), error: null }, [Promise.reject(givenUp)])).rejects.toBe(givenUp)
})

it('resolves when everything is done', async () => {
  await expect(carriedOut({ done: Promise.resolve(), error: null }, [1, undefined])).resolves.toBeUndefined()
})
