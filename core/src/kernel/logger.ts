import { destination, type Logger, pino } from 'pino';

/** JSON lines on standard error; what could reveal a secret is left out. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.password', '*.token', '*.accessToken', '*.refreshToken', '*.secret', 'headers.authorization'],
    },
    destination({ dest: 2, sync: true }),
  );
}
