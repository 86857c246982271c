import { createOurs } from './ours.ts'
import { serveFollower } from './serve-follower.ts'
import { createStoredOurs } from './stored-ours.ts'

serveFollower(createOurs, createStoredOurs)
