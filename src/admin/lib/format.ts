/** The shop's language: one for the whole page, like the clock on its wall. Set by `useTexts`. */
let numbers = new Intl.NumberFormat("en")

export function setFormatLocale(locale: string): void {
  if (numbers.resolvedOptions().locale !== locale) {
    numbers = new Intl.NumberFormat(locale)
  }
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A whole number with separators, and the minus sign that is as wide as a digit. */
export const formatCount = (count: number): string => numbers.format(count).replace("-", "−")

/** "12 s", "3 min", "5 h", "2 d". Rounds down: an age is never told greater than it is. Clocks that disagree give "0 s". */
export function formatAge(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < MINUTE) {
    return `${whole} s`
  }
  if (whole < HOUR) {
    return `${Math.floor(whole / MINUTE)} min`
  }
  return whole < DAY ? `${Math.floor(whole / HOUR)} h` : `${formatCount(Math.floor(whole / DAY))} d`
}

const tenths = (value: number): string =>
  value.toLocaleString(numbers.resolvedOptions().locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** "240 ms", "1.2 s", "3 min". */
export function formatDuration(milliseconds: number): string {
  const whole = Math.max(0, Math.round(milliseconds))
  if (whole < 1_000) {
    return `${whole} ms`
  }
  return whole < 9_950 ? `${tenths(whole / 1_000)} s` : formatAge(whole / 1_000)
}

/** Seconds from an ISO time to `now` in milliseconds; null when the time cannot be read. */
export function secondsSince(iso: string, now: number): number | null {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? null : Math.max(0, (now - at) / 1_000)
}

/** To the second, in the reader's own zone and order. */
export function formatAbsolute(iso: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" })
}

/** "98.2 %". Only what is whole is told as 100 %: one listing of ten thousand that differs is not rounded away. */
export function formatShare(share: number): string {
  const percent = share * 100
  const shown = percent < 100 ? Math.min(percent, 99.9) : 100
  return `${shown === 100 || shown === 0 ? formatCount(shown) : tenths(Math.floor(shown * 10) / 10)} %`
}
