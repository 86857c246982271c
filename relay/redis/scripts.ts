import { createHash } from 'node:crypto'
import { MAX_ASIDE } from '../log/event-log.ts'
import { PREFIX } from './keys.ts'

/**
 * The scripts that Redis runs, each together or not at all. All but the first are told by which name the log goes and, where only
 * the owner may do it, the owner's fencing number; where either is another by now they do nothing.
 */
export interface Script {
  readonly text: string
  readonly sha: string
}

/** Errors that scripts answer with. */
export const RENAMED = 'RENAMED'
export const FENCED = 'FENCED'
export const FOREIGN = 'FOREIGN'
export const NEWER = 'NEWER'
export const UNFINISHED = 'UNFINISHED'
export const OCCUPIED = 'OCCUPIED'

/** What Redis needs for an event beside its text: its part of the indexes, about. */
const EVENT_BYTES = 300
/** As many former names as are remembered. */
const MAX_FORMER = 40
/** Changes that wait for relays that are behind; one that was away reads everything again. */
const MAX_CHANGES = 10_000
const TRIM_EVENTS = 200
/** Who reads says so each second; one that has not for so long reads no more. */
const PIN_S = 15
/** What the owner tells holds until another has taken its place. */
const STANDING_S = 30
const FORMAT = 1
/** Of a log that is being put there, and is not whole. */
const UNFINISHED_FORMAT = 0

/** KEYS[1] is the log's, ARGV[1] its name, ARGV[2] the fencing number or nothing. */
const CHECK = `
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then return redis.error_reply('${RENAMED} the log has another name') end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then
  return redis.error_reply('${FENCED} another relay is the owner')
end`

/**
 * Finds the log, or makes one; gives it another name when it may be a copy. KEYS: log, records, changes. ARGV: stamp, name for a new one, name
 * and head as this relay knows them, then the records that go into a new log, key and value in turn.
 */
export const IDENTIFY = script(`#!lua flags=allow-oom
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'none' and kind ~= 'hash' then return redis.error_reply('${FOREIGN} another kind of key') end
local id = redis.call('HGET', KEYS[1], 'id')
if not id then
  local own = redis.call('KEYS', '${PREFIX}*')
  if redis.call('DBSIZE') > #own then return redis.error_reply('${FOREIGN} keys of others') end
  for _, key in ipairs(own) do redis.call('DEL', key) end
  redis.call('HSET', KEYS[1], 'format', ${FORMAT}, 'id', ARGV[2], 'head', 0, 'oldest', 1, 'bytes', 0, 'asideBytes', 0,
    'fence', 0, 'former', '', 'stamp', ARGV[1])
  for index = 5, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1]) end
elseif redis.call('HGET', KEYS[1], 'format') == '${UNFINISHED_FORMAT}' then
  return redis.error_reply('${UNFINISHED} it was being moved')
elseif redis.call('HGET', KEYS[1], 'format') ~= '${FORMAT}' then
  return redis.error_reply('${NEWER} written by a newer relay')
else
  local head = tonumber(redis.call('HGET', KEYS[1], 'head'))
  local isOlder = id == ARGV[3] and head < tonumber(ARGV[4])
  if isOlder or redis.call('HGET', KEYS[1], 'stamp') ~= ARGV[1] then
    local former = {}
    for name, position in string.gmatch(redis.call('HGET', KEYS[1], 'former'), '(%S+) (%d+)\\n') do
      table.insert(former, name .. ' ' .. string.format('%.0f', math.min(tonumber(position), head)) .. '\\n')
    end
    table.insert(former, id .. ' ' .. string.format('%.0f', head) .. '\\n')
    while #former > ${MAX_FORMER} do table.remove(former, 1) end
    redis.call('HSET', KEYS[1], 'id', ARGV[2], 'stamp', ARGV[1], 'former', table.concat(former))
  end
end
local last = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)
return {redis.call('HMGET', KEYS[1], 'id', 'head', 'oldest', 'bytes', 'asideBytes', 'former'), last[1] and last[1][1] or '0-0',
  redis.call('HGETALL', KEYS[2])}`)

/**
 * Appends an event. KEYS: log, events, uuids, the session's, its members. ARGV from the third: uuid or nothing, session, kind, when
 * it was received, text, and extensions, ids as JSON. Answers with the position, and 1 for a new one.
 */
export const APPEND = script(`#!lua${CHECK}
if ARGV[3] ~= '' then
  local known = redis.call('HGET', KEYS[3], ARGV[3])
  if known then return {tonumber(known), 0} end
end
local position = string.format('%.0f', tonumber(redis.call('HGET', KEYS[1], 'head')) + 1)
local extensions = '[' .. table.concat(ARGV, ',', 8) .. ']'
redis.call('XADD', KEYS[2], position .. '-0', 's', ARGV[4], 'u', ARGV[3], 'k', ARGV[5], 'r', ARGV[6], 'x', extensions, 't', ARGV[7])
redis.call('HSET', KEYS[1], 'head', position)
redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[7] + ${EVENT_BYTES})
if ARGV[3] ~= '' then redis.call('HSET', KEYS[3], ARGV[3], position) end
redis.call('RPUSH', KEYS[4], position .. ' ' .. extensions)
for index = 8, #ARGV do redis.call('SADD', KEYS[5], ARGV[index]) end
for _, member in ipairs(redis.call('SMEMBERS', KEYS[5])) do
  redis.call('ZADD', '${PREFIX}owned:' .. member, position, position)
end
return {tonumber(position), 1}`)

/** Keeps something aside. KEYS: log, aside. ARGV[3]: the item. Answers with the bytes that all of them take. */
export const KEEP_ASIDE = script(`#!lua${CHECK}
redis.call('RPUSH', KEYS[2], ARGV[3])
local bytes = #ARGV[3]
while redis.call('LLEN', KEYS[2]) > ${MAX_ASIDE} do bytes = bytes - #redis.call('LPOP', KEYS[2]) end
return redis.call('HINCRBY', KEYS[1], 'asideBytes', bytes)`)

/**
 * Forgets the oldest events, some at a time. KEYS: log, events, uuids, pins. ARGV from the third: what was received before goes, ms since the epoch; bytes
 * that may be used; position beyond which somebody reads. Answers with how many went, the oldest position, and the events' bytes.
 */
export const TRIM = script(`#!lua flags=allow-oom
${CHECK}
local time = redis.call('TIME')
local pin = tonumber(ARGV[5])
for _, value in ipairs(redis.call('HVALS', KEYS[4])) do
  local position, untilS = string.match(value, '(%d+) (%d+)')
  if tonumber(untilS) >= tonumber(time[1]) then pin = math.min(pin, tonumber(position)) end
end
local bytes, aside = unpack(redis.call('HMGET', KEYS[1], 'bytes', 'asideBytes'))
bytes = tonumber(bytes)
local mayUse = tonumber(ARGV[4]) - tonumber(aside)
local forgotten, last = 0, nil
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', ${TRIM_EVENTS})) do
  local position, fields = string.match(entry[1], '^%d+'), {}
  for index = 1, #entry[2], 2 do fields[entry[2][index]] = entry[2][index + 1] end
  if tonumber(position) > pin then break end
  if tonumber(fields.r) >= tonumber(ARGV[3]) and bytes <= mayUse then break end
  local session, members = '${PREFIX}session:' .. fields.s, '${PREFIX}members:' .. fields.s
  if fields.u ~= '' then redis.call('HDEL', KEYS[3], fields.u) end
  for _, member in ipairs(redis.call('SMEMBERS', members)) do redis.call('ZREM', '${PREFIX}owned:' .. member, position) end
  redis.call('LPOP', session)
  if redis.call('EXISTS', session) == 0 then redis.call('DEL', members) end
  bytes = bytes - #fields.t - ${EVENT_BYTES}
  forgotten, last = forgotten + 1, position
end
if last then
  local oldest = string.format('%.0f', tonumber(last) + 1)
  redis.call('XTRIM', KEYS[2], 'MINID', oldest .. '-0')
  redis.call('HSET', KEYS[1], 'oldest', oldest, 'bytes', string.format('%.0f', bytes))
end
return {forgotten, tonumber(redis.call('HGET', KEYS[1], 'oldest')), bytes}`)

/** Forgets what was kept aside before ARGV[3], ms since the epoch. KEYS: log, aside. Answers with the bytes of what is left. */
export const TRIM_ASIDE = script(`#!lua flags=allow-oom
${CHECK}
local bytes = 0
while true do
  local item = redis.call('LINDEX', KEYS[2], 0)
  if not item or tonumber(string.match(item, '^%[(%-?[%d.eE+]+)')) >= tonumber(ARGV[3]) then break end
  redis.call('LPOP', KEYS[2])
  bytes = bytes - #item
end
return redis.call('HINCRBY', KEYS[1], 'asideBytes', bytes)`)

/** Puts a record. KEYS: log, records, changes. ARGV from the third: this relay, key, value. */
export const PUT = script(`#!lua${CHECK}
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${MAX_CHANGES}, '*', 'w', ARGV[3], 'k', ARGV[4])
return 1`)

/** Puts a record where ARGV[6] is; answers 0 where it is not. Otherwise like {@link PUT}. */
export const REPLACE = script(`#!lua${CHECK}
if redis.call('HGET', KEYS[2], ARGV[4]) ~= ARGV[6] then return 0 end
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${MAX_CHANGES}, '*', 'w', ARGV[3], 'k', ARGV[4])
return 1`)

/** Removes a record, also where there is no room. KEYS and ARGV like {@link PUT}. */
export const REMOVE = script(`#!lua flags=allow-oom
${CHECK}
redis.call('HDEL', KEYS[2], ARGV[4])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${MAX_CHANGES}, '*', 'w', ARGV[3], 'k', ARGV[4])
return 1`)

/** Tells other relays something that is not kept. KEYS: log, changes. ARGV[3]: this relay, ARGV[4]: what. */
export const TELL = script(`#!lua${CHECK}
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ${MAX_CHANGES}, '*', 'w', ARGV[3], 'm', ARGV[4])
return 1`)

/**
 * A relay's sign of life: takes the lease where nobody has it, and makes it last. KEYS: log, owner, standing, pins. ARGV from the
 * third: this relay, how long the lease lasts in ms, what it tells as the owner or nothing, and up to where somebody here has read or
 * nothing. Answers with the fencing number or 0, what the owner tells, the oldest position, and the bytes of the events.
 */
export const LIVE = script(`#!lua flags=allow-oom
${CHECK}
local holder = redis.call('GET', KEYS[2])
local fence = 0
if not holder then
  redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
  redis.call('HINCRBY', KEYS[1], 'fence', 1)
  holder = ARGV[3]
end
if holder == ARGV[3] then
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
  fence = tonumber(redis.call('HGET', KEYS[1], 'fence'))
  if ARGV[5] ~= '' then redis.call('SET', KEYS[3], ARGV[5], 'EX', ${STANDING_S}) end
end
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[4], ARGV[3], ARGV[6] .. ' ' .. tonumber(redis.call('TIME')[1]) + ${PIN_S})
else
  redis.call('HDEL', KEYS[4], ARGV[3])
end
local oldest, bytes = unpack(redis.call('HMGET', KEYS[1], 'oldest', 'bytes'))
return {fence, redis.call('GET', KEYS[3]) or '', tonumber(oldest), tonumber(bytes)}`)

/** Sees whether a relay is the owner still, with some time left. KEYS: log, owner. ARGV from the third: this relay, ms that should be left. */
export const CONFIRM = script(`#!lua flags=allow-oom
${CHECK}
if redis.call('GET', KEYS[2]) ~= ARGV[3] or redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then
  return redis.error_reply('${FENCED} the lease is over')
end
return 1`)

/** Gives the lease back, and has the others look for it. KEYS: log, owner, changes. ARGV from the third: this relay, what they are told. */
export const RELEASE = script(`#!lua flags=allow-oom
${CHECK}
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return 0 end
redis.call('DEL', KEYS[2])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${MAX_CHANGES}, '*', 'w', ARGV[3], 'm', ARGV[4])
return 1`)

/** Takes a lock away from who has it. KEYS: lock. ARGV: the holder. */
export const UNLOCK = script(`#!lua flags=allow-oom
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`)

/**
 * Makes a log that comes from elsewhere, and does not count yet. KEYS: log. ARGV: its name, nothing, its former names, its first
 * position, stamp.
 */
export const BEGIN_FILL = script(`#!lua
if redis.call('TYPE', KEYS[1]).ok == 'hash' and redis.call('HGET', KEYS[1], 'format') == '${UNFINISHED_FORMAT}' then
  for _, key in ipairs(redis.call('KEYS', '${PREFIX}*')) do redis.call('DEL', key) end
end
if redis.call('DBSIZE') > 0 then return redis.error_reply('${OCCUPIED} there are keys') end
redis.call('HSET', KEYS[1], 'format', ${UNFINISHED_FORMAT}, 'id', ARGV[1], 'former', ARGV[3], 'oldest', ARGV[4],
  'head', string.format('%.0f', tonumber(ARGV[4]) - 1), 'bytes', 0, 'asideBytes', 0, 'fence', 0, 'stamp', ARGV[5])
return 1`)

/**
 * Puts the records beside it, and makes it count. KEYS: log, records. ARGV: name, nothing, head that it should have, records, key and
 * value in turn.
 */
export const END_FILL = script(`#!lua${CHECK}
if redis.call('HGET', KEYS[1], 'head') ~= ARGV[3] then return redis.error_reply('${UNFINISHED} events are missing') end
for index = 4, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1]) end
redis.call('HSET', KEYS[1], 'format', ${FORMAT})
return 1`)

/** Has the log get another name when it is opened next. KEYS: log. */
export const DISOWN = script(`#!lua flags=allow-oom
redis.call('HSET', KEYS[1], 'stamp', '')
return 1`)

/** Writes something that means nothing, to see whether writes are taken. KEYS: log. */
export const PROBE = script(`#!lua${CHECK}
redis.call('HSET', KEYS[1], 'probe', 1)
return 1`)

export const ALL_SCRIPTS: readonly Script[] = [
  IDENTIFY,
  APPEND,
  KEEP_ASIDE,
  TRIM,
  TRIM_ASIDE,
  PUT,
  REPLACE,
  REMOVE,
  TELL,
  LIVE,
  CONFIRM,
  RELEASE,
  UNLOCK,
  BEGIN_FILL,
  END_FILL,
  DISOWN,
  PROBE,
]

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}
