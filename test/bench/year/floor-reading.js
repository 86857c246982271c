// What both floor pages begin with: the stores that the figures are in.

const ask = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Who is signed in, their store, and from there the record of a day, or of all. */
globalThis.readDays = async (day) => {
  const browserStore = await ask(indexedDB.open('ringside'))
  const { user } = await ask(browserStore.transaction('signIn').objectStore('signIn').get('current'))
  const store = await ask(indexedDB.open(`ringside:${user.accountId}:${user.extensionId}`))
  return ask(store.transaction('days').objectStore('days').getAll(day))
}
