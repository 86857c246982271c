// The floor's popup: one figure of the record of today.
readDays(new Date().toISOString().slice(0, 10)).then(([today]) => {
  document.body.innerHTML = `<p class="tile"><span class="value">${today.packed.length}</span></p>`
})
