// The phone page: sends what is clicked, and draws the calls as the stand-in tells them.

const REFRESH_MS = 400
const STEPS = [
  { step: 'answer', by: 'agent', label: 'Answer' },
  { step: 'hold', by: 'agent', label: 'Hold' },
  { step: 'unhold', by: 'agent', label: 'Resume' },
  { step: 'hang-up', by: 'caller', label: 'Hang up as caller' },
  { step: 'hang-up', by: 'agent', label: 'Hang up as agent' },
]
const STATE_LABELS = {
  starting: 'Starting',
  ringing: 'Ringing',
  talking: 'Talking',
  'on hold': 'On hold',
  ended: 'Ended',
}

const problem = document.querySelector('#problem')
const relayNotice = document.querySelector('#relay-notice')
const noCalls = document.querySelector('#no-calls')
const callList = document.querySelector('#calls')
const rows = new Map()

for (const button of document.querySelectorAll('[data-replay]')) {
  button.addEventListener('click', () =>
    act(() => post('replays', { stream: button.dataset.replay, speed: Number(button.dataset.speed) })),
  )
}

document.querySelector('#place').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  act(() => post('calls', { from: form.get('from'), to: form.get('to') }))
})

follow()

async function follow() {
  for (;;) {
    await refresh()
    await new Promise((resolve) => setTimeout(resolve, REFRESH_MS))
  }
}

async function refresh() {
  let state
  try {
    state = await (await fetch('/phone/api/state')).json()
  } catch {
    show('The stand-in does not answer. Start it again with npm run platform.')
    problem.dataset.connection = 'lost'
    return
  }
  if (problem.dataset.connection === 'lost') show('')
  relayNotice.hidden = state.isSubscribed
  noCalls.hidden = state.calls.length > 0
  drawCalls(state.calls)
}

async function act(request) {
  try {
    await request()
    show('')
  } catch (error) {
    show(error.message)
  }
  await refresh()
}

async function post(path, body) {
  let response
  try {
    response = await fetch(`/phone/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new Error('The stand-in does not answer. Start it again with npm run platform.')
  }
  if (response.ok) return
  const { message } = await response.json()
  throw new Error(message)
}

function show(message) {
  delete problem.dataset.connection
  problem.textContent = message
  problem.hidden = message === ''
}

/** Rows are kept and changed, never rebuilt: a button that has the focus keeps it. */
function drawCalls(calls) {
  const listed = new Set(calls.map((call) => call.telephonySessionId))
  for (const [id, row] of rows) {
    if (listed.has(id)) continue
    row.element.remove()
    rows.delete(id)
  }
  for (const [index, call] of calls.entries()) {
    const row = rows.get(call.telephonySessionId) ?? createRow(call.telephonySessionId)
    row.update(call)
    if (callList.children[index] !== row.element) callList.insertBefore(row.element, callList.children[index] ?? null)
  }
}

function createRow(id) {
  const title = create('strong')
  const state = create('span', 'state')
  const lastEvent = create('span', 'note')
  const about = create('div', 'grow')
  about.append(title, state, lastEvent)
  const actions = create('span', 'actions')
  const buttons = STEPS.map(({ step, by, label }) => {
    const button = create('button')
    button.type = 'button'
    button.textContent = label
    button.addEventListener('click', () => act(() => post(`calls/${encodeURIComponent(id)}/${step}`, { by })))
    actions.append(button)
    return { step, button }
  })
  const element = create('li', 'row')
  element.append(about, actions)
  const row = {
    element,
    update(call) {
      title.textContent = call.title
      state.textContent = STATE_LABELS[call.state]
      state.dataset.state = call.state
      lastEvent.textContent = `Last sent: ${call.lastEvent}`
      actions.hidden = call.steps.length === 0
      for (const { step, button } of buttons) button.disabled = !call.steps.includes(step)
    },
  }
  rows.set(id, row)
  return row
}

function create(tagName, className = '') {
  const element = document.createElement(tagName)
  element.className = className
  return element
}
