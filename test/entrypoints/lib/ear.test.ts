import { expect, it } from 'vitest'
import { createEar } from '../../../entrypoints/lib/ear.ts'

it('knows whether its target still has the listeners that it was given', () => {
  const given: [string, EventListenerOrEventListenerObject | null][] = []
  const target = new (class extends EventTarget {
    override addEventListener(type: string, listener: EventListenerOrEventListenerObject | null) {
      given.push([type, listener])
      super.addEventListener(type, listener)
    }
  })()
  const ear = createEar(target)
  expect(ear.isListening()).toBe(true)
  expect(ear.isListening()).toBe(true)
  // As `document.open()` does.
  for (const [type, listener] of given) target.removeEventListener(type, listener)
  expect(ear.isListening()).toBe(false)
  ear.renew()
  expect(ear.isListening()).toBe(true)
})
