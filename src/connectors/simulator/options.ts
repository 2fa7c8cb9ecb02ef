import type { OptionsDescriptor } from "../define-options"

export const simulatorOptions = {
  base_url: { type: "url", label: "Address", required: true, public: true, help: "Where the simulator listens." },
  token: {
    type: "text",
    label: "Token",
    help: "The bearer token that the simulator was started with. Empty for one that is authorised with an app.",
  },
  client_id: {
    type: "text",
    label: "Client id of the app",
    public: true,
    help: "Only without a token, for a simulator that was started with oauth.",
  },
  client_secret: { type: "text", label: "Client secret of the app", help: "Goes with the client id." },
  max_batch: {
    type: "number",
    label: "Most quantities per call",
    public: true,
    default: 100,
    min: 1,
    max: 10_000,
    help: "At most the simulator's own max_batch.",
  },
  compare_and_set: {
    type: "boolean",
    label: "Compare before writing",
    public: true,
    default: true,
    help: "The simulator refuses a write when it shows another number than we think.",
  },
  has_locations: {
    type: "boolean",
    label: "Keeps stock per location",
    public: true,
    default: true,
    help: "As the simulator's own has_locations.",
  },
  late_apply_window_ms: {
    type: "number",
    label: "Late writes, in milliseconds",
    public: true,
    default: 5_000,
    min: 0,
    max: 600_000,
    help: "After this time an unanswered write can no longer arrive. More than the simulator's late_apply_ms.",
  },
  calls_per_second: {
    type: "number",
    label: "Most calls per second",
    public: true,
    default: 0,
    min: 0,
    max: 10_000,
    help: "0 for as many as there are. At most the simulator's own rate_limit.",
  },
} as const satisfies OptionsDescriptor
