import type { TestProject } from 'vitest/node'
import { buildRelay } from './support/built-relay.ts'

/** Before the first test that starts relays as processes: what is started, as a file. Again when sources have changed. */
export default async function setup(project: TestProject): Promise<void> {
  process.env.RINGSIDE_RELAY = await buildRelay()
  project.onTestsRerun(async () => {
    await buildRelay()
  })
}
