export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@helia/(bitswap|http|libp2p)$': '<rootDir>/test/support/networked-helia.js',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'es6' },
      },
    ],
  },
  setupFiles: ['reflect-metadata'],
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  // against hangs only: a test must not fail because its machine is slow
  testTimeout: 120_000,
  // one more than the cores of a small machine: it works while others wait for a disk, a process or a clock
  maxWorkers: 3,
};
