/** A test by its file and its title, which must exist. */
export interface TestReference {
  readonly file: string
  readonly title: string
}

/** Something that the hub promises, who proves it, and which test must fail when it is taken away. */
export interface HubPromise {
  readonly words: string
  readonly provenBy: readonly TestReference[]
  readonly control: readonly TestReference[]
}

export interface Area {
  readonly title: string
  readonly promises: readonly HubPromise[]
}

const from =
  (file: string) =>
  (title: string): TestReference => ({ file, title })

const interleavings = from("src/engine/lane/__tests__/lane-interleavings.unit.spec.ts")
const reducer = from("src/engine/lane/__tests__/lane-reducer.unit.spec.ts")
const exposure = from("src/engine/lane/__tests__/exposure.unit.spec.ts")
const bisect = from("src/engine/lane/__tests__/bisect.unit.spec.ts")
const quantity = from("src/lib/quantity/__tests__/quantity-properties.unit.spec.ts")
const orders = from("src/engine/ingest/__tests__/plan-order-properties.unit.spec.ts")
const schedules = from("src/engine/ingest/__tests__/order-schedules.unit.spec.ts")
const money = from("src/engine/ingest/__tests__/order-money.unit.spec.ts")
const anyOrder = from("src/engine/ingest/__tests__/order-money-properties.unit.spec.ts")
const parcels = from("src/engine/parcels/__tests__/plan-parcels.unit.spec.ts")
const guard = from("src/engine/guard/__tests__/plan-guard.unit.spec.ts")
const breaker = from("src/engine/breaker/__tests__/breaker.unit.spec.ts")
const observation = from("src/engine/reconcile/__tests__/judge-observation.unit.spec.ts")
const addresses = from("src/http/__tests__/private-addresses.unit.spec.ts")
const bounds = from("src/http/__tests__/bounds.unit.spec.ts")
const limits = from("src/http/__tests__/limits.unit.spec.ts")
const redact = from("src/http/__tests__/redact.unit.spec.ts")
const envelope = from("src/modules/integration-config/core/__tests__/envelope.unit.spec.ts")
const webhook = from("src/lib/__tests__/webhook-signature.unit.spec.ts")
const checker = from("simulation/__tests__/checker.unit.spec.ts")

const MISTAKES = [from("src/engine/lane/__tests__/lane-planted-bugs.unit.spec.ts")("%s")]

export const AREAS: readonly Area[] = [
  {
    title: "A number goes out",
    promises: [
      {
        words: "While every write is answered, a stale quantity never overwrites a newer one.",
        provenBy: [interleavings("never lets a stale value overwrite a newer one while every write is answered")],
        control: MISTAKES,
      },
      {
        words: "Whatever is lost, late or dead: in the end the channel shows the truth.",
        provenBy: [interleavings("ends with the truth on the channel, whatever is lost, late or dead")],
        control: MISTAKES,
      },
      {
        words: "What a channel sold by itself is never mistaken for what it was told.",
        provenBy: [interleavings("does not mistake what the channel sold by itself for what it was told")],
        control: MISTAKES,
      },
      {
        words: "A thousand changes of one listing during a call cost one more write.",
        provenBy: [interleavings("answers 1,000 changes during one write with at most one more write")],
        control: [],
      },
      {
        words: "A recheck that wrote nothing has found nothing out.",
        provenBy: [reducer("knows nothing of the channel any more when the recheck was skipped or refused")],
        control: [],
      },
      {
        words:
          "One bad item in a batch of 250 costs at most 2·log₂ 250 calls more, and every item gets its own answer.",
        provenBy: [
          bisect("finds the one bad item of 250, wherever it is, with at most 2·log₂ 250 calls more"),
          bisect("answers for every item exactly once, whichever are bad"),
        ],
        control: [],
      },
    ],
  },
  {
    title: "The number itself",
    promises: [
      {
        words: "A quantity is what a person with a trolley would count.",
        provenBy: [quantity("answers what a person counts by hand")],
        control: [],
      },
      {
        words: "More stock never lowers it; more reserved stock, a larger buffer or pack never raises it.",
        provenBy: [
          quantity("never shows less because more is on hand"),
          quantity("never shows more because more is reserved"),
          quantity("never shows more because the buffer or the pack is larger"),
        ],
        control: [],
      },
      {
        words: "It is exact for amounts of any size, and any input is answered or refused.",
        provenBy: [
          quantity("is exact for amounts of any size"),
          quantity("refuses or answers any figures, and never throws"),
        ],
        control: [],
      },
    ],
  },
  {
    title: "Nothing is sold twice",
    promises: [
      {
        words: "Two exclusive channels never sell more than there is, in any interleaving of a small world.",
        provenBy: [
          checker("never oversells with $stock in stock and shares of $sharePercent percent, whatever comes first"),
        ],
        control: [checker("oversells with %s, which are the controls"), checker("oversells when planted: %s")],
      },
      {
        words: "All exclusive listings together are never given more than there is.",
        provenBy: [exposure("never lets all together be given more than there is, in whatever order they ask")],
        control: [checker("oversells when planted: %s")],
      },
      {
        words: "What may be live falls only when the channel's answer proves it.",
        provenBy: [exposure("falls only when the confirmation proves it")],
        control: [checker("oversells when planted: %s")],
      },
    ],
  },
  {
    title: "Guards, brakes and observations",
    promises: [
      {
        words: "No decrease that sales explain is ever held, also in the middle of a mass change or a loop.",
        provenBy: [guard("no decrease that sales explain is held"), guard("never holds what was sold")],
        control: [],
      },
      {
        words: "A held number never rises, and falls by all that was sold.",
        provenBy: [guard("a held number never rises, and falls by all that was sold")],
        control: [],
      },
      {
        words: "A cut is held only when somebody is known to have edited the stock, or keeps changing the channel.",
        provenBy: [
          guard(
            "a cut is only ever held when somebody is known to have edited the stock, or keeps changing the channel"
          ),
        ],
        control: [],
      },
      {
        words: "A channel that is down is called again after a bounded time, by one worker first.",
        provenBy: [
          breaker("is called again after a bounded time, however often it failed"),
          breaker("lets nobody call before the pause is over, then one worker at a time"),
        ],
        control: [],
      },
      {
        words: "A lower number on a channel brings ours down at once, and up only after its orders have been read.",
        provenBy: [observation("that is lower brings the number down at once, and up only after the orders")],
        control: [],
      },
      {
        words: "An observation never makes what may be live seem less.",
        provenBy: [observation("never makes what may be live seem less, and always leaves a difference to the lane")],
        control: [],
      },
    ],
  },
  {
    title: "An order comes in",
    promises: [
      {
        words: "An order reserves exactly what its lines need, also when it is not there.",
        provenBy: [orders("reserves exactly what every line needs, also when it is not there")],
        control: [],
      },
      {
        words: "After a crash at any point the same plan does exactly what is missing.",
        provenBy: [orders("plans nothing more after it was carried out, and the rest after a part of it was")],
        control: [],
      },
      {
        words: "Versions may come in any order and any number of times; the end is the same.",
        provenBy: [
          orders("ends the same in whatever order the versions come, however often"),
          schedules("ends with the goods, the reservations and the money of its last version"),
        ],
        control: [],
      },
      {
        words: "An order comes to the channel's totals to the cent by Medusa's own reckoning, or it is held.",
        provenBy: [
          money("comes to the channel's cents by Medusa's own reckoning"),
          anyOrder("comes to the channel's cents by Medusa's own reckoning"),
        ],
        control: [money("is held when the channel says one cent more, in any of its totals or on a line")],
      },
      {
        words: "Every whole pack is told to the channel exactly once, however its pieces are spread over parcels.",
        provenBy: [parcels("tell every whole pack exactly once, however its pieces are spread over parcels")],
        control: [],
      },
    ],
  },
  {
    title: "The way out and in",
    promises: [
      {
        words: "No address inside is called, in whatever form it is written or answered.",
        provenBy: [
          addresses("is not called: $name"),
          addresses("a redirect inward (%i) is handed back and not followed"),
        ],
        control: [addresses("would be reached without the guard: $name")],
      },
      {
        words: "A hostile answer costs a bounded amount of memory and time.",
        provenBy: [
          bounds("a body that drips one byte at a time ends with the time of the whole call"),
          bounds("is not unpacked beyond the cap: a bomb of 100 KB that wants to be 100 MB"),
        ],
        control: [bounds("control: without the cap far more of the endless body is taken")],
      },
      {
        words: "A limit is kept in any window, whatever the clock does.",
        provenBy: [
          limits("never lets more through than rate × time + capacity, in any window"),
          limits("never lets more through in one of the channel's days, also when the clock goes back over midnight"),
        ],
        control: [],
      },
      {
        words: "A secret is never seen in an error, a log or an exchange.",
        provenBy: [redact("is not seen in any text, any form and any cut")],
        control: [],
      },
      {
        words: "A stored secret opens only with its key and in its row, and any changed bit is noticed.",
        provenBy: [
          envelope("does not open with another key of the same name"),
          envelope("does not open when any one of its bits was changed"),
        ],
        control: [envelope("opens to what was put in, whatever it was")],
      },
      {
        words: "A webhook is accepted only over exactly the bytes that were signed.",
        provenBy: [
          webhook("refuses another secret, another id, another time and another body"),
          webhook("tells two bodies apart that are the same once decoded as text"),
        ],
        control: [webhook("accepts what was signed with any of the known secrets")],
      },
    ],
  },
]
