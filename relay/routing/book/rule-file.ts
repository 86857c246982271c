import * as v from 'valibot'
import { extensionId, extensionNumber, opaqueId, phoneNumber, replyText } from '../../../shared/protocol/http/fields.ts'
import { WEEKDAYS } from '../../../shared/rules/rule.ts'
import { strictObject } from '../../json-file/strict-object.ts'

/**
 * The file of rules as people write it. From this one description come what is refused, the published JSON Schema, and the types of
 * what is compiled. Messages end a sentence that begins with "should be".
 */

const NUMBER = String.raw`\+[1-9]\d{5,14}`
const BEGINNING = String.raw`\+[1-9]\d{0,13}\*`
const LIST = 'list:.+'

const pattern = (form: string, ...spellings: readonly string[]) =>
  v.pipe(v.string(form), v.regex(new RegExp(`^(?:${spellings.join('|')})$`), form))

const callerPattern = pattern(
  'a number in E.164 like +14085550123, the beginning of one like +1206*, list:NAME or withheld',
  NUMBER,
  BEGINNING,
  LIST,
  'withheld',
)
const calledPattern = pattern(
  'a number in E.164 like +14085550123, the beginning of one like +1206*, or list:NAME',
  NUMBER,
  BEGINNING,
  LIST,
)

/** One entry is looked at after the other; a list takes any number and finds one at once. */
const MAX_ENTRIES = 1000

/** At least one, for without any it could never hold. */
function oneOf<const Item extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(item: Item, what: string) {
  return v.pipe(
    v.array(item, `an array of ${what}`),
    v.minLength(1, 'an array with at least one entry: an empty one never holds'),
    v.maxLength(MAX_ENTRIES, `an array of at most ${MAX_ENTRIES} entries: a list under "lists" takes more`),
  )
}

const time = v.pipe(v.string('a time like 08:00'), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59'))
const endTime = v.pipe(
  v.string('a time like 18:00'),
  v.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time from 00:00 to 24:00'),
)

const timeWindow = v.pipe(
  strictObject(
    {
      days: v.pipe(
        v.optional(
          v.pipe(
            v.array(v.picklist(WEEKDAYS, `one of ${WEEKDAYS.join(', ')}`), `an array of ${WEEKDAYS.join(', ')}`),
            v.minLength(1, 'an array with at least one day: an empty one never holds'),
          ),
        ),
        v.description('Days on which it begins; every day unless given.'),
      ),
      from: v.pipe(v.optional(time), v.description('When it begins; 00:00 unless given.')),
      to: v.pipe(
        v.optional(endTime),
        v.description('When it ends; 24:00 unless given. Earlier than "from": on the next day.'),
      ),
    },
    'an object with days, from and to',
  ),
  v.minEntries(1, 'an object with at least one of days, from and to'),
)

function seconds(max: number, form: string) {
  return v.pipe(v.number(form), v.integer(form), v.minValue(1, form), v.maxValue(max, form))
}

const conditions = v.pipe(
  strictObject(
    {
      caller: v.pipe(
        v.optional(oneOf(callerPattern, 'numbers')),
        v.description('Who calls: numbers in E.164, beginnings of numbers with *, list:NAME, withheld.'),
      ),
      called: v.pipe(
        v.optional(oneOf(calledPattern, 'numbers')),
        v.description('What was called: numbers in E.164, beginnings of numbers with *, list:NAME.'),
      ),
      extensions: v.pipe(
        v.optional(oneOf(extensionId, 'extension ids')),
        v.description('Whose phone rings: RingCentral extension ids.'),
      ),
      queues: v.pipe(
        v.optional(oneOf(extensionId, 'extension ids')),
        v.description('In whose queue the caller waits: RingCentral extension ids of queues.'),
      ),
      ringingForS: v.pipe(
        v.optional(seconds(3600, 'a whole number of seconds from 1 to 3600')),
        v.description('Not before it has rung, or waited in the queue, so many seconds.'),
      ),
      callsToday: v.pipe(
        v.optional(seconds(1000, 'a whole number from 1 to 1000')),
        v.description('At least the so manieth call of this number today.'),
      ),
      times: v.pipe(
        v.optional(oneOf(timeWindow, 'objects with days, from and to')),
        v.description('When, by the clock of "timeZone".'),
      ),
    },
    'an object of conditions',
  ),
  v.minEntries(1, 'an object with at least one condition: without any it would hold for every call of the account'),
)

const destination = v.pipe(
  strictObject(
    {
      extensionId: v.pipe(v.optional(extensionId), v.description('A RingCentral extension id.')),
      extensionNumber: v.pipe(v.optional(extensionNumber), v.description('A short number of the account.')),
      phoneNumber: v.pipe(v.optional(phoneNumber), v.description('A number in E.164.')),
      voicemail: v.pipe(v.optional(extensionId), v.description('The mailbox of this RingCentral extension id.')),
    },
    'an object with one of extensionId, extensionNumber, phoneNumber and voicemail',
  ),
  v.minEntries(1, 'an object with one of extensionId, extensionNumber, phoneNumber and voicemail'),
  v.maxEntries(1, 'an object with only one of extensionId, extensionNumber, phoneNumber and voicemail'),
)

const WATCHERS = 'an extension id, a number like 400102, or watchers'
const alerted = v.pipe(v.string(WATCHERS), v.regex(/^(?:\d{1,20}|watchers)$/, WATCHERS))

const act = v.pipe(
  strictObject(
    {
      forward: v.pipe(v.optional(destination), v.description('Sends the call elsewhere while it rings or waits.')),
      transfer: v.pipe(v.optional(destination), v.description('Sends the call elsewhere once it is answered.')),
      reply: v.pipe(v.optional(replyText), v.description('Reads this text to the caller while it rings.')),
      alert: v.pipe(
        v.optional(
          v.pipe(
            strictObject(
              {
                to: v.pipe(
                  v.optional(alerted),
                  v.description('A RingCentral extension id, or watchers: all who watch the call.'),
                ),
                extensionId: v.pipe(v.optional(alerted), v.description('The same as "to".')),
                text: v.pipe(replyText, v.description('What they are told.')),
              },
              'an object with to and text',
            ),
            v.minEntries(2, 'an object with to and text'),
            v.maxEntries(2, 'an object with either to or extensionId, and text'),
          ),
        ),
        v.description('Shows a flag and a notification to a person or to all who watch the call.'),
      ),
      supervise: v.pipe(
        v.optional(
          strictObject(
            {
              deviceId: v.pipe(opaqueId, v.description("RingCentral's id of the device.")),
              channels: v.pipe(
                v.optional(v.picklist([1, 2], '1 or 2')),
                v.description('1: all in one. 2: each side of the call in a channel of its own.'),
              ),
            },
            'an object with deviceId',
          ),
        ),
        v.description("Has this device listen to the agent's call once it is answered."),
      ),
    },
    'an object with one of forward, transfer, reply, alert and supervise',
  ),
  v.minEntries(1, 'an object with one of forward, transfer, reply, alert and supervise'),
  v.maxEntries(1, 'an object with only one of forward, transfer, reply, alert and supervise: each act has its own'),
)

const MAX_NAME_CHARS = 100
const NAME = `a text of 1 to ${MAX_NAME_CHARS} characters`
const name = v.pipe(
  v.string(NAME),
  v.regex(/^\S(?:.*\S)?$/, `${NAME} on one line, without spaces around it`),
  v.maxLength(MAX_NAME_CHARS, NAME),
)

/** A rule is at most so many acts on a call: as many as a call takes in all. */
const MAX_ACTS = 4

export const rule = strictObject(
  {
    name: v.pipe(name, v.description('Its name, which no other rule has: acts are remembered by it.')),
    when: v.pipe(
      conditions,
      v.description('All that is given must hold; an array holds when one of its entries does.'),
    ),
    do: v.pipe(
      v.pipe(
        v.array(act, 'an array of acts'),
        v.minLength(1, 'an array with at least one act'),
        v.maxLength(MAX_ACTS, `an array of at most ${MAX_ACTS} acts`),
      ),
      v.description('What is done then, in order; at most one of them moves the call.'),
    ),
    goOn: v.pipe(
      v.optional(v.boolean('true or false'), false),
      v.description('true: later rules may act on the same call as well.'),
    ),
    dry: v.pipe(v.optional(v.boolean('true or false'), false), v.description('true: it only says what it would do.')),
  },
  'an object with name, when and do',
)
export type WrittenRule = v.InferOutput<typeof rule>
export type WrittenConditions = WrittenRule['when']
export type WrittenAct = WrittenRule['do'][number]

const LISTED = 'a number in E.164 like +14085550123, or the beginning of one like +1206*'
const FILE_NAME = 'the name of a CSV file beside this one, without a folder'
export const list = v.union(
  [
    v.pipe(
      v.array(pattern(LISTED, NUMBER, BEGINNING)),
      v.minLength(1, 'an array with at least one number: an empty one never holds'),
    ),
    strictObject(
      { file: v.pipe(v.string(FILE_NAME), v.regex(/^(?!\.{1,2}$)[^/\\\0]{1,255}$/, FILE_NAME)) },
      'an object with file',
    ),
  ],
  'an array of numbers, or { "file": "NAME.csv" }',
)

const MAX_RULES = 200

export const ruleFile = v.pipe(
  strictObject(
    {
      $schema: v.pipe(v.optional(v.string('the address of the JSON Schema')), v.description('For editors; not read.')),
      timeZone: v.pipe(
        v.optional(v.string('an IANA time zone like America/Los_Angeles')),
        v.description('IANA name, like America/Los_Angeles; needed where a rule has "times" or "callsToday".'),
      ),
      lists: v.pipe(
        v.optional(v.record(name, list, 'an object of lists by name')),
        v.description('Lists of numbers by name: in the file, or as CSV beside it.'),
      ),
      rules: v.pipe(
        v.pipe(v.array(rule, 'an array of rules'), v.maxLength(MAX_RULES, `an array of at most ${MAX_RULES} rules`)),
        v.description('The first that holds acts, and ends it unless it says "goOn".'),
      ),
    },
    'an object with rules',
  ),
  v.title('Rules of Ringside'),
)
