// The floor's worker: comes back to its server and hands what it is sent to the page. SERVER_URL is written before it.

const ports = new Set()
let shown
const socket = new WebSocket(SERVER_URL.replace('http', 'ws'))
socket.onopen = () => socket.send('resume')
socket.onmessage = ({ data }) => {
  shown = data
  for (const port of ports) port.postMessage(data)
}
chrome.runtime.onConnect.addListener((port) => {
  ports.add(port)
  port.onDisconnect.addListener(() => ports.delete(port))
  if (shown !== undefined) port.postMessage(shown)
})
