// In a page of the extension, from its first script on: says when something was painted.

/** Ms from the start of the navigation to the frame after an element like this was first there. */
globalThis.paintedWith = (selector) =>
  new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector) === null) requestAnimationFrame(look)
      else requestAnimationFrame(() => resolve(performance.now()))
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
      if (textOf() === before) requestAnimationFrame(look)
      else requestAnimationFrame(() => resolve(performance.now() - startMs))
    }
    look()
  })
