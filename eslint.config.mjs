import medusa from "@medusajs/eslint-plugin"
import jest from "eslint-plugin-jest"
import tseslint from "typescript-eslint"
import importWalls from "./eslint/rules/import-walls.js"
import walls from "./eslint/walls.js"

const TESTS = ["**/__tests__/**", "**/*.spec.ts", "integration-tests/**"]
const PURE_FILES = walls.ZONES.filter((zone) => zone.pure).flatMap((zone) => [...zone.files])
const FILES_WITHOUT_SOCKETS = walls.ZONES.filter((zone) => zone.sockets).flatMap((zone) => [...zone.files])

// The preset leaves tests out for good by a block of its own; here tests are linted too, by other rules.
const medusaStrict = medusa.configs.strict.filter((block) => !("ignores" in block && Object.keys(block).length === 1))

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      ".medusa/**",
      ".hub/**",
      ".cache/**",
      "coverage/**",
      "dist/**",
      // Written by `npm run openapi`.
      "src/api/openapi/answer-schemas.ts",
      "bin/**",
      "*.js",
      "*.mjs",
      "eslint/**/*.js",
      // Written by Medusa's generator.
      "src/modules/*/migrations/**",
    ],
  },

  ...medusaStrict.map((block) => (block.rules ? { ...block, ignores: [...(block.ignores ?? []), ...TESTS] } : block)),

  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: "./eslint/tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    plugins: { hub: { rules: { "import-walls": importWalls } } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Numbers and flags read well in a message; objects, null and unknown do not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Medusa wants promises from jobs, steps and services, also where there is nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // Does not know that a branded bigint is a bigint.
      "@typescript-eslint/no-unsafe-unary-minus": "off",
      // HubError answers to Medusa's error handler without being a MedusaError: docs/architecture.md says why.
      "@medusajs/use-medusa-error-not-generic-error": "off",
      // `@InjectTransactionManager` alone opens a transaction when there is none; a second method would only pass it on.
      "@medusajs/use-inject-manager-on-public-methods": "off",
      // Placing an order changes a level with the module's event alone, and hints may come twice but not never.
      "@medusajs/prefer-workflow-event-over-module-event": "off",
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": { descriptionFormat: "^: .{10,}$" } }],
      "max-lines": ["error", 400],
    },
  },

  { files: ["src/**/*.{ts,tsx}"], ignores: TESTS, rules: { "hub/import-walls": "error", "no-console": "error" } },

  {
    files: PURE_FILES,
    ignores: TESTS,
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Pure code is handed the time." },
        { object: "performance", property: "now", message: "Pure code is handed the time." },
        { object: "Math", property: "random", message: "Pure code is handed its chance." },
        { object: "process", property: "env", message: "Pure code is handed its settings." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Pure code is handed the time." },
      ],
    },
  },

  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: [...TESTS, ...FILES_WITHOUT_SOCKETS],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Only src/http opens sockets outward." }] },
  },

  {
    files: [...TESTS, "src/testing/**/*.ts"],
    rules: {
      // What a connector can do is which methods it has, so tests look at methods without calling them.
      "@typescript-eslint/unbound-method": "off",
      // Jest's own matchers (`expect.any`) are typed `any`.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
    },
  },

  {
    files: ["src/links/**/*.ts"],
    rules: {
      // Medusa types what its own modules can be linked by as `any`.
      "@typescript-eslint/no-unsafe-argument": "off",
    },
  },

  {
    files: ["**/*.spec.ts"],
    ...jest.configs["flat/recommended"],
    rules: {
      ...jest.configs["flat/recommended"].rules,
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "fc.assert"] }],
      // Inside a property or a table every expect is conditional.
      "jest/no-conditional-expect": "off",
      // A test that fails because something is not there says so.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  }
)
