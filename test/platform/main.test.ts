import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startPlatform } from './platform.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

function run(...args: string[]): { child: ChildProcess; printed: () => string } {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'pipe' })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  return { child, printed: () => text }
}

test('it says where it is and what the relay needs, and ends cleanly on Ctrl-C', async () => {
  const { child, printed } = run('--port', '0')
  await eventually(() => expect(printed()).toContain('Ctrl-C ends it.'))
  const url = /Address +(\S+)/.exec(printed())?.[1] ?? ''
  expect(printed()).toContain(`${url}/phone`)
  expect(printed()).toMatch(/^ {2}RINGCENTRAL_SERVER_URL=http:\/\/127\.0\.0\.1:\d+$/m)
  expect(printed()).toMatch(/^ {2}RINGCENTRAL_CLIENT_ID=\S+$/m)
  expect(printed()).toMatch(/^ {2}RINGCENTRAL_CLIENT_SECRET=\S+$/m)
  expect(printed()).toMatch(/^ {2}RINGCENTRAL_JWT=\S+\.\S+\.\S+$/m)
  expect((await fetch(`${url}/phone`)).status).toBe(200)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('what goes wrong from the start is said', async () => {
  const { child, printed } = run('--port', '0', '--misbehave', 'lost-deliveries', '--misbehave', 'busy-api')
  await eventually(() => expect(printed()).toContain('Ctrl-C ends it.'))
  expect(printed()).toContain(
    '  Misbehaves  One delivery in five is lost\n  Misbehaves  Every request is answered 503\n',
  )
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a port that is taken is one sentence', async () => {
  const platform = await startPlatform()
  const { port } = new URL(platform.url)
  const { child, printed } = run('--port', port)
  expect(await once(child, 'close')).toEqual([1, null])
  expect(printed()).toBe(`Port ${port} on 127.0.0.1 is taken: choose another one.\n`)
  await platform.close()
})

test.each([
  [['--port', 'x'], '--port should be a whole number from 0 to 65535, but is x.\n'],
  [['--colour'], 'The options are --port N, --tidy, --seed N and --misbehave NAME.\n'],
  [
    ['--misbehave', 'sulk'],
    expect.stringMatching(/^--misbehave should be one of lost-deliveries, .+, but is sulk\.\n$/),
  ],
])('%j is refused in one sentence', async (args, message) => {
  const { child, printed } = run(...args)
  expect(await once(child, 'close')).toEqual([1, null])
  expect(printed()).toEqual(message)
})
