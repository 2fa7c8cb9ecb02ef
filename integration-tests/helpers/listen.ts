import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { inspect } from "node:util"

/** A finished span, as far as we look at it. */
interface Span {
  readonly name: string
  readonly attributes: unknown
  readonly events: unknown
  readonly status: unknown
}

/** Spans of Medusa's own tracing, kept while somebody listens. */
export const spans: { readonly kept: string[]; isOn: boolean; isInstalled: boolean; why: string } = {
  kept: [],
  isOn: false,
  isInstalled: false,
  why: "",
}

/**
 * Turns Medusa's tracing on with an exporter in memory. Before the boot, because routes are wrapped when they are loaded.
 * Where OpenTelemetry is not installed the reason is kept, for the test to say aloud.
 */
export function installTracing(): void {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional package
    const { registerOtel } = require("@medusajs/medusa") as {
      registerOtel: (options: {
        serviceName: string
        exporter: {
          export(spans: readonly Span[], done: (result: { code: number }) => void): void
          shutdown(): Promise<void>
        }
        instrument: Record<string, boolean>
        // Nothing but traces, and nothing to any address.
        autoDetectResources: boolean
      }) => unknown
    }
    registerOtel({
      serviceName: "hub-test",
      exporter: {
        export: (finished, done) => {
          if (spans.isOn) {
            spans.kept.push(
              ...finished.map(({ name, attributes, events, status }) =>
                JSON.stringify({ name, attributes, events, status })
              )
            )
          }
          done({ code: 0 })
        },
        shutdown: () => Promise.resolve(),
      },
      instrument: { http: true, query: true, workflows: true, db: true, cache: true },
      autoDetectResources: false,
    })
    spans.isInstalled = true
  } catch (error) {
    spans.why = error instanceof Error ? error.message : String(error)
  }
}

const LEVELS = [
  "error",
  "warn",
  "info",
  "debug",
  "log",
  "http",
  "verbose",
  "silly",
  "panic",
  "failure",
  "success",
] as const

/** Puts something before a method and gives it back its own when called. */
function overhear(target: object, name: string, take: (...parts: unknown[]) => void): () => void {
  const original: unknown = Reflect.get(target, name)
  if (typeof original !== "function") {
    return () => undefined
  }
  const isOwn = Object.hasOwn(target, name)
  Reflect.set(target, name, function (this: unknown, ...parts: unknown[]): unknown {
    take(...parts)
    const answer: unknown = Reflect.apply(original, this, parts)
    return answer
  })
  return () => {
    if (isOwn) {
      Reflect.set(target, name, original)
    } else {
      Reflect.deleteProperty(target, name)
    }
  }
}

/** Everything that is logged, through Medusa's logger or past it. */
export function listenToLogs(container: MedusaContainer): { readonly lines: string[]; stop(): void } {
  const lines: string[] = []
  const take = (...parts: unknown[]): void => {
    lines.push(parts.map((part) => (typeof part === "string" ? part : inspect(part, { depth: 8 }))).join(" "))
  }
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const undo = [
    ...LEVELS.map((level) => overhear(logger, level, take)),
    ...["log", "info", "warn", "error", "debug"].map((level) => overhear(console, level, take)),
    overhear(process.stdout, "write", take),
    overhear(process.stderr, "write", take),
  ]
  return {
    lines,
    stop: () => {
      undo.forEach((stop) => stop())
    },
  }
}
