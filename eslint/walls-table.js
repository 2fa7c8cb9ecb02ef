// @ts-check
const { ZONES } = require("./walls")

/** @param {readonly string[] | undefined} items */
const list = (items) => (items?.length ? items.join(", ") : "–")

/** @param {readonly string[]} files */
const patterns = (files) => files.map((file) => `\`${file.replace(/^src\//, "")}\``).join(" ")

/** The walls as a table for docs/architecture.md. */
const wallsTable = () =>
  [
    "| zone | files below `src` | may import | types only | pure |",
    "|---|---|---|---|---|",
    ...ZONES.map(
      (zone) =>
        `| ${zone.name} | ${patterns(zone.files)} | ${list(zone.may)} | ${list(zone.mayTypes)} | ${zone.pure ? "yes" : ""} |`
    ),
  ].join("\n")

module.exports = { wallsTable }
