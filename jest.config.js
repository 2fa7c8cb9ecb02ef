// Two projects: `unit` needs nothing and takes seconds; `integration` boots one Medusa on a real Postgres.
const swc = [
  "@swc/jest",
  {
    jsc: {
      parser: { syntax: "typescript", tsx: true, decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: "automatic" } },
      target: "es2021",
    },
  },
]

const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.[jt]sx?$": swc },
  // Examples import the hub as people do who have installed it.
  moduleNameMapper: {
    "^medusa-stock-hub/connector$": "<rootDir>/src/connectors/kit.ts",
    "^medusa-stock-hub/testing$": "<rootDir>/src/testing/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.hub/"],
}

module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/{src,examples/*,scripts,eslint,simulation,bench}/**/__tests__/**/*.unit.spec.ts"],
    },
    {
      ...shared,
      displayName: "integration",
      testMatch: ["<rootDir>/integration-tests/*/*.spec.ts"],
      globalSetup: "<rootDir>/integration-tests/helpers/start-postgres.ts",
      globalTeardown: "<rootDir>/integration-tests/helpers/stop-postgres.ts",
      setupFiles: ["<rootDir>/integration-tests/helpers/clear-metadata.ts"],
    },
  ],
  coverageProvider: "v8",
}
