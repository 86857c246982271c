import { afterEach, expect, it, vi } from 'vitest'
import { withResources } from './resources.ts'

const never = new AbortController().signal

function createLog() {
  const closed: string[] = []
  const resource = (name: string) => ({
    close: () => {
      closed.push(name)
    },
  })
  return { closed, resource }
}

afterEach(() => vi.restoreAllMocks())

it('closes the last first and gives the result', async () => {
  const { closed, resource } = createLog()
  const result = await withResources(never, async (own) => {
    own(resource('first'))
    own(resource('second'))
    return 7
  })
  expect(result).toBe(7)
  expect(closed).toEqual(['second', 'first'])
})

it('closes the others when one cannot be closed, and says why the work failed', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const { closed, resource } = createLog()
  const failed = withResources(never, async (own) => {
    own(resource('first'))
    own({ close: () => Promise.reject(new Error('stuck')) })
    throw new Error('no measurement')
  })
  await expect(failed).rejects.toThrow('no measurement')
  expect(said).toHaveBeenCalledOnce()
  expect(closed).toEqual(['first'])
})

it('ends with the reason of an abort, and closes what is taken on afterwards', async () => {
  const { closed, resource } = createLog()
  const interruption = new AbortController()
  let goOn = () => {}
  const late = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const interrupted = withResources(interruption.signal, async (own) => {
    own(resource('early'))
    await late
    own(resource('late'))
  })
  interruption.abort(new Error('interrupted'))
  await expect(interrupted).rejects.toThrow('interrupted')
  expect(closed).toEqual(['early'])
  goOn()
  await expect.poll(() => closed).toEqual(['early', 'late'])
})
