// What makes the sample CRM a live page: a shortcut for the search field, a list that narrows while one types, and calls that appear once
// they are written.

const search = document.querySelector('#search')
const rows = [...document.querySelectorAll('#contacts tr')]
const count = document.querySelector('#count')
const activity = document.querySelector('#activity')
const shown = new Set()

if (activity !== null) showCalls()

async function showCalls() {
  try {
    const response = await fetch(activity.dataset.calls)
    for (const call of (await response.json()).reverse()) {
      if (!shown.has(call.id)) activity.prepend(drawCall(call))
      shown.add(call.id)
    }
  } finally {
    setTimeout(showCalls, 1000)
  }
}

function drawCall({ title, lines }) {
  const item = document.createElement('li')
  item.className = 'call'
  const head = document.createElement('p')
  head.className = 'soft'
  const kind = document.createElement('strong')
  kind.textContent = 'Call'
  head.append(kind, ' · now')
  const name = document.createElement('p')
  name.textContent = title
  const body = document.createElement('pre')
  body.textContent = lines.join('\n')
  item.append(head, name, body)
  return item
}

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
  const left = rows.filter((row) => !row.hidden).length
  count.textContent = left === 1 ? '1 contact' : `${left} contacts`
}

function isTyping(target) {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
}
