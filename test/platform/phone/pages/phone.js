// The phone page: sends what is clicked, and draws the calls as the stand-in tells them.

const REFRESH_MS = 400
const STEPS = [
  { step: 'answer', by: 'agent', label: 'Answer' },
  { step: 'hold', by: 'agent', label: 'Hold' },
  { step: 'unhold', by: 'agent', label: 'Resume' },
  { step: 'hang-up', by: 'caller', label: 'Hang up as caller' },
  { step: 'hang-up', by: 'agent', label: 'Hang up as agent' },
]
// What brings the call to somebody else: shown only where it can be done.
const MOVES = [
  { step: 'transfer', by: 'agent', label: 'Transfer' },
  { step: 'pick-up', by: 'agent', label: 'Pick up' },
  { step: 'park', by: 'agent', label: 'Park' },
]
const STATE_LABELS = {
  starting: 'Starting',
  waiting: 'Waiting',
  ringing: 'Ringing',
  talking: 'Talking',
  'on hold': 'On hold',
  parked: 'Parked',
  'leaving a message': 'Leaving a message',
  'sending a fax': 'Sending a fax',
  ended: 'Ended',
}

const problem = document.querySelector('#problem')
const relayNotice = document.querySelector('#relay-notice')
const noCalls = document.querySelector('#no-calls')
const callList = document.querySelector('#calls')
const as = document.querySelector('#as')
const colleagues = document.querySelector('#place select[name=to]')
const rows = new Map()

for (const row of document.querySelectorAll('[data-scenario]')) {
  for (const button of row.querySelectorAll('button')) {
    button.addEventListener('click', () =>
      act(() => post('replays', { scenario: row.dataset.scenario, speed: Number(button.dataset.speed), as: as.value })),
    )
  }
}

const misbehaviours = [...document.querySelectorAll('[data-misbehaviour]')]
for (const box of misbehaviours) {
  box.addEventListener('change', () =>
    act(() => post(`misbehaviours/${box.dataset.misbehaviour}`, { isOn: box.checked })),
  )
}
for (const button of document.querySelectorAll('[data-mishap]')) {
  button.addEventListener('click', () => act(() => post(`mishaps/${button.dataset.mishap}`, {})))
}

// On a narrow page the calls are below the scenarios: the groups are folded up so that they are not far.
if (matchMedia('(max-width: 879px)').matches) {
  for (const group of document.querySelectorAll('details.group:not(:first-of-type)')) group.open = false
}

as.addEventListener('change', () => act(nameTheCast))
// A browser that comes back to the page restores the choice without telling.
act(nameTheCast)

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
  drawFaults(state.misbehaviours)
}

function drawFaults(names) {
  for (const box of misbehaviours) box.checked = names.includes(box.dataset.misbehaviour)
  document.querySelector('#faults-on').textContent = names.length === 0 ? '' : `${names.length} on`
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

/** Says in each title who plays Bea's part. */
async function nameTheCast() {
  const chosen = as.value
  const scenarios = await ask(`scenarios?as=${encodeURIComponent(chosen)}`)
  if (as.value !== chosen) return
  for (const { name, title } of scenarios) document.querySelector(`#title-${name}`).textContent = title
}

function post(path, body) {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function ask(path, request) {
  let response
  try {
    response = await fetch(`/phone/api/${path}`, request)
  } catch {
    throw new Error('The stand-in does not answer. Start it again with npm run platform.')
  }
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
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
  const moving = create('span', 'actions moving')
  // Who is given the call, or takes it. A queue can be called, but takes no call over.
  const colleague = colleagues.cloneNode(true)
  colleague.removeAttribute('name')
  colleague.setAttribute('aria-label', 'Colleague')
  colleague.querySelector('option:last-child').remove()
  moving.append(colleague)
  const createButton = (place, { step, by, label }) => {
    const button = create('button')
    button.type = 'button'
    button.textContent = label
    button.addEventListener('click', () =>
      act(() => post(`calls/${encodeURIComponent(id)}/${step}`, { by, to: colleague.value })),
    )
    place.append(button)
    return { step, by, label, button }
  }
  const buttons = STEPS.map((step) => createButton(actions, step))
  const moves = MOVES.map((step) => createButton(moving, step))
  const element = create('li', 'row')
  element.append(about, actions, moving)
  const row = {
    element,
    update(call) {
      title.textContent = call.title
      state.textContent = STATE_LABELS[call.state]
      state.dataset.state = call.state
      lastEvent.textContent = `Last sent: ${call.lastEvent}`
      actions.hidden = call.steps.length === 0
      for (const { step, button } of moves) button.hidden = !call.steps.includes(step)
      moving.hidden = moves.every(({ button }) => button.hidden)
      for (const { step, by, label, button } of buttons) {
        button.disabled = !call.steps.includes(step)
        // Until it is answered, an agent who hangs up declines the call.
        button.textContent = step === 'hang-up' && by === 'agent' && call.state === 'ringing' ? 'Decline' : label
      }
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
