// The floor's content script: shows what the worker hands it, and comes back when the worker was ended.

let shown
function connect() {
  const port = chrome.runtime.connect()
  port.onMessage.addListener((text) => {
    shown ??= document.body.appendChild(document.createElement('p'))
    shown.textContent = text
    sightings.note(text)
  })
  port.onDisconnect.addListener(connect)
}
connect()
