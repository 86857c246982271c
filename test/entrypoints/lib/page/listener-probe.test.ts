import { expect, it } from 'vitest'
import { createListenerProbe } from '../../../../entrypoints/lib/page/listener-probe.ts'

it('knows whether its target still has the listeners that it was given', () => {
  const given: [string, EventListenerOrEventListenerObject | null][] = []
  const target = new (class extends EventTarget {
    override addEventListener(type: string, listener: EventListenerOrEventListenerObject | null) {
      given.push([type, listener])
      super.addEventListener(type, listener)
    }
  })()
  const listenerProbe = createListenerProbe(target)
  expect(listenerProbe.isListening()).toBe(true)
  expect(listenerProbe.isListening()).toBe(true)
  // As `document.open()` does.
  for (const [type, listener] of given) target.removeEventListener(type, listener)
  expect(listenerProbe.isListening()).toBe(false)
  listenerProbe.renew()
  expect(listenerProbe.isListening()).toBe(true)
})
