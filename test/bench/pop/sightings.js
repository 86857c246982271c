// In a page that is watched: keeps when something was first seen there and when it was painted. Painted is when the first task
// after the next frame's callbacks begins: that frame's style, layout and paint are done by then.

function createSightings() {
  const sightings = new Map()

  function find(key) {
    const known = sightings.get(key)
    if (known !== undefined) return known
    const sighting = { isSeen: false }
    sighting.moments = new Promise((resolve) => {
      sighting.resolve = resolve
    })
    sightings.set(key, sighting)
    return sighting
  }

  return {
    /** Notes the first sight of `key`, at `receivedMs` by `performance.now()`. */
    note(key, receivedMs = performance.now()) {
      const sighting = find(key)
      if (sighting.isSeen) return
      sighting.isSeen = true
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          const paintedMs = performance.now()
          const { timeOrigin } = performance
          sighting.resolve({ receivedMs: timeOrigin + receivedMs, paintedMs: timeOrigin + paintedMs })
          port1.close()
        }
        port2.postMessage(undefined)
      })
    },
    /** Resolves with both moments, in ms since the epoch, once `key` has been painted, and forgets it. */
    async take(key) {
      const moments = await find(key).moments
      sightings.delete(key)
      return moments
    },
  }
}

globalThis.sightings = createSightings()
