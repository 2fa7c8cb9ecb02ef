import type { Command } from "../command"
import { audit } from "./audit"
import { capture } from "./capture"
import { doctor } from "./doctor"
import { keys } from "./keys"
import { status } from "./status"
import { sweep } from "./sweep"
import { why } from "./why"

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [status, why, doctor, sweep, audit, keys, capture]
