import { createFloor } from './floor-follower.ts'
import { serveFollower } from './serve-follower.ts'

serveFollower(createFloor)
