import { spawn, type ChildProcess } from "node:child_process"
import { createInterface } from "node:readline"

const START_SECONDS = 420

export interface Demo {
  readonly url: string
  readonly login: { readonly email: string; readonly password: string }
  stop(): Promise<number | null>
}

/** Runs the README's command and waits for the line that says where the admin is. */
export async function startDemo(repoFolder: string): Promise<Demo> {
  const child: ChildProcess = spawn("npm", ["run", "--silent", "demo", "--", "--speed", "2"], {
    cwd: repoFolder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  })
  const gone = new Promise<number | null>((resolveGone) => child.once("exit", resolveGone))
  const stop = async (): Promise<number | null> => {
    if (child.pid !== undefined && child.exitCode === null) {
      // The whole group, as Ctrl-C on a terminal does.
      process.kill(-child.pid, "SIGINT")
    }
    return gone
  }
  const lines: string[] = []
  const ready = new Promise<Omit<Demo, "stop">>((resolveReady, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no admin after ${START_SECONDS} s:\n${lines.join("\n")}`)),
      START_SECONDS * 1_000
    )
    void gone.then((code) => reject(new Error(`the demo ended with ${code}:\n${lines.join("\n")}`)))
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on("line", (line) => {
          lines.push(line)
          const [, url, email, password] = /^Admin\s+(\S+)\s+\((\S+) \/ (\S+)\)/.exec(line) ?? []
          if (url && email && password) {
            clearTimeout(timer)
            resolveReady({ url, login: { email, password } })
          }
        })
      }
    }
  })
  try {
    return { ...(await ready), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
