export const POLL_MS = 2_000

/**
 * For queries that are polled. A hidden tab asks nothing and catches up when it is shown again. The next poll is the retry;
 * `networkMode` makes a lost network an error that we can show instead of a silent pause.
 */
export const LIVE = {
  retry: false,
  staleTime: 0,
  refetchOnWindowFocus: true,
  refetchIntervalInBackground: false,
  networkMode: "always",
} as const
