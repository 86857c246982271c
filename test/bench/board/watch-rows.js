// In a page with rows of people, before its own scripts: keeps which state of whom was painted when. Painted is when the first task
// after a frame's callbacks begins: that frame's style, layout and paint are done by then.

let isInFrame = false

function afterFrame(task) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    task()
  }
  port2.postMessage(undefined)
}

// What is drawn in a frame's callback is painted with this frame, everything else with the next one.
const requestFrame = globalThis.requestAnimationFrame.bind(globalThis)
globalThis.requestAnimationFrame = (callback) =>
  requestFrame((time) => {
    if (!isInFrame) {
      isInFrame = true
      afterFrame(() => {
        isInFrame = false
      })
    }
    callback(time)
  })

const painted = []
const states = new Map()
globalThis.takePainted = () => painted.splice(0)

function note(row) {
  const { extension } = row.dataset
  const state = row.querySelector('.state')?.textContent
  if (states.get(extension) === state) return
  states.set(extension, state)
  const keep = () => painted.push({ extensionId: extension, state, atMs: performance.timeOrigin + performance.now() })
  if (isInFrame) afterFrame(keep)
  else requestFrame(() => afterFrame(keep))
}

new MutationObserver((changes) => {
  const rows = changes.map(({ target }) => (target.nodeType === 3 ? target.parentElement : target)?.closest?.('tr'))
  for (const row of new Set(rows)) if (row?.dataset.extension !== undefined) note(row)
}).observe(document, { subtree: true, childList: true, characterData: true })
