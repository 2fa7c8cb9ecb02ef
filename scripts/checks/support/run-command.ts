import { spawn } from "node:child_process"

export interface CommandOptions {
  readonly folder: string
  readonly variables?: Readonly<Record<string, string>>
  /** It is stopped, with everything it started, when it takes longer. */
  readonly seconds: number
  /** Stops it early. */
  readonly signal: AbortSignal
}

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  /** Both streams as they came. */
  readonly output: string
}

const LAST_LINES = 30

const lastLines = (text: string): string => text.trimEnd().split("\n").slice(-LAST_LINES).join("\n")

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal)
    }
  } catch {
    // The group is gone already.
  }
}

/** Runs a command to its end, whatever its end is. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    options.signal.throwIfAborted()
    // Its own group, so that nothing it started outlives it.
    const child = spawn(command, [...args], {
      cwd: options.folder,
      env: { ...process.env, MEDUSA_DISABLE_TELEMETRY: "true", ...options.variables },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    })
    let stdout = ""
    let output = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text
    })
    let cutShort: string | null = null
    const cut = (reason: string): void => {
      cutShort = reason
      killGroup(child.pid, "SIGKILL")
    }
    const abort = (): void => cut("it was interrupted")
    const timer = setTimeout(() => cut(`it took longer than ${options.seconds} seconds`), options.seconds * 1_000)
    options.signal.addEventListener("abort", abort, { once: true })
    const settle = (finish: () => void): void => {
      clearTimeout(timer)
      options.signal.removeEventListener("abort", abort)
      killGroup(child.pid, "SIGKILL")
      finish()
    }
    child.once("error", (error) => settle(() => reject(error)))
    child.once("close", (code) =>
      settle(() => {
        if (cutShort) {
          reject(new Error(`${command} ${args.join(" ")}: ${cutShort}. Its last words:\n${lastLines(output)}`))
        } else {
          resolve({ code: code ?? 1, stdout, output })
        }
      })
    )
  })
}

/** Runs a command that must succeed. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: CommandOptions
): Promise<CommandResult> {
  const result = await runCommand(command, args, options)
  if (result.code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${result.code}:\n${lastLines(result.output)}`)
  }
  return result
}
