import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** Generous, because a busy machine is no reason to fail; what hangs still ends. */
const PATIENT = { testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({
  test: {
    // `groupOrder`: one project after the other, where several run.
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{sdk,core,admin,scripts}/**/src/**/*.test.ts',
            'plugins/*/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'admin/test/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
          ...PATIENT,
          // Tests of logic leave nothing behind: what is imported is imported once, not by each of two hundred files.
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: ['core/test/**/*.test.ts', 'sdk/test/**/*.test.ts', 'plugins/*/test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'core/test/attacks/**', '**/*.resilience.test.ts'],
          globalSetup: ['core/test/support/postgres.setup.ts', 'core/test/support/builds.setup.ts'],
          ...PATIENT,
          // As for unit tests; what a file starts it also stops, and each has databases of its own.
          isolate: false,
          // More than processors: much of the time goes by in waiting for other processes.
          maxWorkers: 3,
        },
      },
      {
        // The plugins' own suites once more: the same package must do the same in a sandbox.
        test: {
          name: 'sandboxed',
          sequence: { groupOrder: 2 },
          include: ['plugins/*/test/**/*.test.ts'],
          env: { BAZAAR_TEST_TIER: 'sandbox' },
          globalSetup: ['core/test/support/postgres.setup.ts', 'core/test/support/builds.setup.ts'],
          ...PATIENT,
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        // Kills, full disks, load and floods of webhooks: long, and nothing else may run beside it.
        test: {
          name: 'resilience',
          sequence: { groupOrder: 3 },
          include: ['core/test/**/*.resilience.test.ts'],
          globalSetup: ['core/test/support/postgres.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
      {
        // Measures how the platform bears attacks: nothing else may run beside it.
        test: {
          name: 'attacks',
          sequence: { groupOrder: 4 },
          include: ['core/test/attacks/**/*.test.ts'],
          globalSetup: ['core/test/support/postgres.setup.ts'],
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 5 },
          expect: PATIENT.expect,
          include: ['{admin,sdk}/src/**/*.browser.test.ts', 'plugins/*/ui/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            ui: false,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'journeys',
          sequence: { groupOrder: 6 },
          include: ['admin/test/journeys/**/*.test.ts'],
          globalSetup: ['core/test/support/builds.setup.ts', 'admin/test/journeys/template.setup.ts'],
          setupFiles: ['admin/test/journeys/evidence.setup.ts'],
          ...PATIENT,
          maxWorkers: 2,
        },
      },
    ],
  },
});
