import { afterEach, expect, it } from 'vitest'
import { startProgram } from '../program.ts'
import type { LoadAnswer, LoadReady, LoadRequest } from './load.ts'

const close: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const one of close.splice(0)) await one()
})

it('delivers a few events to the floor, and tells when each request to forward came', async () => {
  const floor = startProgram<never, { readonly url: string }>(new URL('floor-server.ts', import.meta.url))
  close.push(floor.close)
  const load = startProgram<LoadRequest, LoadAnswer, LoadReady>(new URL('load.ts', import.meta.url), ['', '20'])
  close.push(load.close)
  await load.ready
  const { url } = await floor.ready
  expect(await load.ask({ url, headers: {}, what: 'opening' })).toMatchObject({ forwardMs: [] })
  const what = { round: 1, ms: 200 }
  for (const target of [url, url]) {
    const { forwardMs } = await load.ask({ url: target, headers: {}, what })
    expect(forwardMs).toHaveLength(3)
    expect(Math.min(...forwardMs)).toBeGreaterThan(0)
  }
})
