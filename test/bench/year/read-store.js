// In a page of the extension's origin with nothing else on it: counts the calls of the store.

function request(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}

async function openPersonStore() {
  const found = (await indexedDB.databases()).find(({ name }) => /^ringside:./.test(name))
  if (found === undefined) throw new Error('B11 could not be measured: nobody is signed in.')
  return request(indexedDB.open(found.name))
}

let rows

globalThis.storeReader = {
  async countEnded(expected) {
    const db = await openPersonStore()
    const calls = await request(db.transaction('calls').objectStore('calls').getAll())
    db.close()
    return calls.filter(({ outcome, part }) => outcome !== undefined && part === undefined).length >= expected
  },
  async countRows() {
    if (rows === undefined) {
      const db = await openPersonStore()
      rows = await request(db.transaction('calls').objectStore('calls').getAll())
      db.close()
    }
    const startMs = performance.now()
    let count = 0
    let talkMs = 0
    for (const row of rows) {
      if (row.direction !== 'Inbound') continue
      count += 1
      talkMs += row.talkMs
    }
    if (count + talkMs === 0) throw new Error('B11 could not be measured: there are no incoming calls.')
    return performance.now() - startMs
  },
}
