import { readFile } from 'node:fs/promises'
import { inject } from 'vitest'
import { eventually } from '../support/eventually.ts'

/** Before a file of browser tests: the build that ships is there. */
const failure = await eventually(() => readFile(inject('build'), 'utf8'))
if (failure !== '') throw new Error(failure)
