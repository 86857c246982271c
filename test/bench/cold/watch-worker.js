// In the extension's own world of a page: notes when the worker is ended, which a port to it says by closing.

globalThis.watchWorker = () => {
  globalThis.workerEnded = new Promise((resolve) => {
    chrome.runtime.connect({ name: 'watch' }).onDisconnect.addListener(() => {
      resolve(performance.timeOrigin + performance.now())
    })
  })
}
