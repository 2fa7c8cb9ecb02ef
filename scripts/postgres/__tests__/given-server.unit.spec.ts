import { givenPostgres } from "../given-server"

describe("a server that was given", () => {
  it("keeps who and where and changes only the database", () => {
    const server = givenPostgres("postgres://me:s%40cret@db.example:6543/shop?sslmode=disable")
    expect(server.url("hub_demo")).toBe("postgres://me:s%40cret@db.example:6543/hub_demo?sslmode=disable")
  })

  it("says how to write an address, without repeating what was given", () => {
    expect(() => givenPostgres("secret nonsense")).toThrow(/DATABASE_URL is no address.*postgres:\/\//s)
    expect(() => givenPostgres("secret nonsense")).not.toThrow(/secret/)
  })

  it("is not ours to stop", async () => {
    await expect(givenPostgres("postgres://localhost/shop").stop()).resolves.toBeUndefined()
  })
})
