/** The part of pino that the data room uses. */
export interface DataLogger {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
