// In a page of the extension, from its first script on: says when something was painted. That is when the first task after the
// frame's callbacks begins: the frame's style, layout and paint are done by then.

function afterFrame(task) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    task()
  }
  port2.postMessage(undefined)
}

/** Ms from the start of the navigation to the end of the frame in which an element like this was first there. */
globalThis.paintedWith = (selector) =>
  new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector) === null) requestAnimationFrame(look)
      else afterFrame(() => resolve(performance.now()))
    }
    look()
  })

/** Chooses an option, and gives the ms until another text was painted there. */
globalThis.paintedAfterChoice = (selectSelector, value, figureSelector) =>
  new Promise((resolve) => {
    const select = document.querySelector(selectSelector)
    const textOf = () => document.querySelector(figureSelector)?.textContent
    const before = textOf()
    const startMs = performance.now()
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
    const look = () => {
      if (textOf() === undefined || textOf() === before) requestAnimationFrame(look)
      else afterFrame(() => resolve(performance.now() - startMs))
    }
    look()
  })
