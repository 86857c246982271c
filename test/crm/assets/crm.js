// What makes the sample CRM a live page: a shortcut for the search field, and a list that narrows while one types.

const search = document.querySelector('#search')
const rows = [...document.querySelectorAll('#contacts tr')]
const count = document.querySelector('#count')

document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !isTyping(event.target)) {
    event.preventDefault()
    search.focus()
    search.select()
  } else if (event.key === 'Escape' && event.target === search) {
    search.value = ''
    narrow()
    search.blur()
  }
})
search.addEventListener('input', narrow)

function narrow() {
  if (count === null) return
  const wanted = search.value.trim().toLowerCase()
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted)
  const shown = rows.filter((row) => !row.hidden).length
  count.textContent = shown === 1 ? '1 contact' : `${shown} contacts`
}

function isTyping(target) {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
}
