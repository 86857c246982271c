// In a page of the extension's origin: waits for what the worker writes, and writes the like with nothing around it.

function open(name, upgrade = () => {}) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onupgradeneeded = () => upgrade(opening.result)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}

/** How far the relay's log has been taken in. It is written together with the events. */
function readPosition(db) {
  return new Promise((resolve, reject) => {
    const reading = db.transaction('cursors').objectStore('cursors').getAll()
    reading.onsuccess = () => resolve(reading.result[0]?.position ?? 0)
    reading.onerror = () => reject(reading.error)
  })
}

async function openPersonStore() {
  const found = (await indexedDB.databases()).find(({ name }) => /^ringside:./.test(name))
  if (found === undefined) throw new Error('B8 could not be measured: nobody is signed in.')
  return open(found.name)
}

globalThis.storeWatch = {
  async position() {
    const db = await openPersonStore()
    const position = await readPosition(db)
    db.close()
    return position
  },
  /** Wakes the worker, and resolves when it has taken in the log up to there, with how long that took, ms. */
  async wakeAndWait(expected) {
    const db = await openPersonStore()
    const startMs = performance.now()
    chrome.runtime.connect({ name: 'wake' })
    // Reading waits for the writing that began before it, so that asking again and again disturbs little.
    while ((await readPosition(db)) < expected) await new Promise((resolve) => setTimeout(resolve, 5))
    const tookMs = performance.now() - startMs
    db.close()
    return tookMs
  },
  /** Writes events so many a transaction, one transaction after the other; resolves with how long it took, ms. */
  async writeBare(events, atATime) {
    const db = await open('bench-floor', (made) => made.createObjectStore('events', { autoIncrement: true }))
    const startMs = performance.now()
    for (let from = 0; from < events.length; from += atATime) {
      await new Promise((resolve, reject) => {
        const tx = db.transaction('events', 'readwrite')
        for (const event of events.slice(from, from + atATime)) tx.objectStore('events').put(event)
        tx.oncomplete = () => resolve()
        tx.onerror = () => reject(tx.error)
      })
    }
    const tookMs = performance.now() - startMs
    db.close()
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('bench-floor').onsuccess = () => resolve()
    })
    return tookMs
  },
}
