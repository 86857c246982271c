import { createPeer } from './peer.ts'
import { serveFollower } from './serve-follower.ts'

serveFollower(createPeer)
