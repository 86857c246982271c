import { collectGarbage } from '../tracker/garbage.ts'

/** Put before a program, so that what it holds can be told from what it has not freed yet: see {@link freeMemory}. */
process.on('SIGUSR2', () => {
  // Collecting once leaves what is freed by collecting.
  for (let times = 0; times < 3; times += 1) collectGarbage()
})
