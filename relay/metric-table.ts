/**
 * Every metric that `/metrics` tells, with all values of its labels. They are made from this table, `docs/METRICS.md` is written
 * from it, and dashboard and alert rules are held against it.
 */
export const METRICS = {
  deliveries: {
    kind: 'counter',
    name: 'ringside_deliveries_total',
    help: 'Requests to the webhook by what became of them.',
    labels: {
      result: {
        accepted: 'a new event, stored and answered 200',
        duplicate: 'an event that was stored before',
        reminder: 'RingCentral reminds of the end of the subscription, which is renewed',
        undecodable: 'no telephony event; kept aside',
        handshake: 'RingCentral asks whether the address is the right one',
        refused: 'without the secret of the subscription; answered 401 or 400',
        too_large: 'larger than any event; answered 413',
        aborted: 'the sender went away or was too slow',
        not_stored: 'the log could not be written; answered 503',
      },
    },
  },
  repairs: {
    kind: 'counter',
    name: 'ringside_repairs_total',
    help: 'Repairs of what was missed by how they ended.',
    labels: {
      result: {
        done: 'every session in question was asked about',
        failed: 'RingCentral did not answer, or refused',
        ended: 'the relay stopped, or the next repair took its place',
      },
    },
  },
  statusRequests: {
    kind: 'counter',
    name: 'ringside_status_requests_total',
    help: 'Questions how a session stands by what became of them.',
    labels: {
      result: {
        found: 'RingCentral told how it stands',
        over: 'RingCentral does not know the session any more',
        failed: 'RingCentral did not answer, or refused',
        shared: "answered with another user's answer of a moment ago; nothing was sent",
        over_budget: "refused here, to stay below RingCentral's limits; nothing was sent",
      },
    },
  },
  crmRequests: {
    kind: 'counter',
    name: 'ringside_crm_requests_total',
    help: 'Calls that were handed to the CRM by what became of it.',
    labels: {
      result: {
        written: 'the CRM has taken a record',
        updated: 'the CRM has taken a changed note',
        limited: 'the CRM took no more requests; it is tried again',
        away: 'the CRM did not answer, or failed; it is tried again',
        refused: 'the CRM said no; somebody has to look at it',
        unauthorized: 'the CRM does not take the key or the login',
      },
    },
  },
  crmRecords: {
    kind: 'gauge',
    name: 'ringside_crm_records',
    help: 'Calls of the last days that should be in the CRM by how they stand; absent without a CRM.',
    labels: {
      state: {
        waiting: 'over, and late events may still come',
        ready: 'waits for its turn, or for the CRM',
        sent: 'being written',
        logged: 'in the CRM',
        noMatch: 'the CRM knows nobody by the number',
        ambiguous: 'several people have the number, and somebody has to choose',
        refused: 'the CRM said no',
        givenUp: 'the CRM was away or too busy at each of ten tries',
        leftOut: 'somebody wants no record of it',
      },
    },
  },
  logins: {
    kind: 'counter',
    name: 'ringside_logins_total',
    help: "Logins of the relay's own user at RingCentral by grant and by what became of them.",
    labels: {
      grant: {
        jwt: 'with the JWT',
        refresh: 'ahead of the end of a login, with the refresh token that came with it',
      },
      result: {
        granted: 'RingCentral gave tokens',
        refused: 'RingCentral refuses them for good',
        failed: 'RingCentral did not decide, because it was away or limits requests',
      },
    },
  },
  appends: {
    kind: 'histogram',
    name: 'ringside_append_duration_seconds',
    help: 'Time until an event was durable.',
    // From a commit on a fast disk to one that a person would notice.
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
  },
  fanOuts: {
    kind: 'histogram',
    name: 'ringside_fan_out_duration_seconds',
    help: 'Time from an event being durable until it was handed to the sockets of all who may see it.',
    buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
  },
  failures: {
    kind: 'counter',
    name: 'ringside_failures_total',
    help: 'Refused requests of strangers, and sockets that ended without a valid hello.',
  },
  lostLogLines: {
    kind: 'counter',
    name: 'ringside_log_lines_lost_total',
    help: 'Log lines that were not taken from the output.',
  },
  refusedConnections: {
    kind: 'counter',
    name: 'ringside_connections_refused_total',
    help: 'Connections that were cut because there were too many, of one address or in all.',
    labels: {
      limit: {
        address: 'too many came from one address',
        all: 'there were as many as the relay takes',
      },
    },
  },
  clients: { kind: 'gauge', name: 'ringside_clients', help: 'Clients that said hello.' },
  strangers: { kind: 'gauge', name: 'ringside_strangers', help: 'Sockets whose owner is not known yet.' },
  backlogEvents: {
    kind: 'gauge',
    name: 'ringside_backlog_events',
    help: 'Events that clients have yet to be sent, added up.',
  },
  backlogBytes: {
    kind: 'gauge',
    name: 'ringside_backlog_bytes',
    help: 'Bytes sent to clients and not yet taken, added up.',
  },
  subscriptionActive: {
    kind: 'gauge',
    name: 'ringside_subscription_active',
    help: '1 when the webhook subscription is active.',
  },
  subscriptionSecondsToEnd: {
    kind: 'gauge',
    name: 'ringside_subscription_seconds_to_end',
    help: 'Time until the webhook subscription ends; absent while there is none.',
  },
  owner: {
    kind: 'gauge',
    name: 'ringside_owner',
    help: '1 when this relay is the owner, which does what is done once; a relay that shares nothing always is.',
  },
  lastEvent: {
    kind: 'gauge',
    name: 'ringside_last_event_timestamp_seconds',
    help: 'When the last event was received; absent before the first.',
  },
  logHead: { kind: 'gauge', name: 'ringside_log_head_position', help: 'Position of the last durable event.' },
  logOldest: { kind: 'gauge', name: 'ringside_log_oldest_position', help: 'First position that is kept.' },
  logBytes: { kind: 'gauge', name: 'ringside_log_bytes', help: 'Bytes that the log takes.' },
  logWritable: {
    kind: 'gauge',
    name: 'ringside_log_writable',
    help: '1 when the last write to the log succeeded.',
  },
  heapBytes: {
    kind: 'gauge',
    name: 'ringside_heap_bytes',
    help: "Memory of the relay's own objects and buffers.",
  },
  residentBytes: {
    kind: 'gauge',
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes, mapped files included: it grows with the log, and the system takes it back.',
  },
  cpuSeconds: {
    kind: 'counter',
    name: 'process_cpu_seconds_total',
    help: 'CPU time of the process, user and system.',
  },
  startTime: { kind: 'gauge', name: 'process_start_time_seconds', help: 'When the process started.' },
} as const satisfies Readonly<Record<string, MetricDefinition>>

export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly name: string
  /** What it tells, in a sentence: Prometheus' HELP. */
  readonly help: string
  /** By label, each of its values and what that says. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Upper bounds of a histogram's buckets, in seconds. */
  readonly buckets?: readonly number[]
}
