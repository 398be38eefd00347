import type { ClientBase, Connection, FieldDef, Submittable } from 'pg';

/** What PostgreSQL says of a statement without running it. */
export interface StatementShape {
  /** Type oids of $1, $2, … */
  parameterTypes: number[];
  fields: FieldDef[];
}

/** Parse and Describe of the extended protocol, which the driver has no call for. */
class Description implements Submittable {
  readonly done = Promise.withResolvers<StatementShape>();
  private readonly text: string;
  private parameterTypes: number[] = [];
  private fields: FieldDef[] = [];

  constructor(text: string) {
    this.text = text;
  }

  submit = (connection: Connection): void => {
    connection.once('parameterDescription', (message: { dataTypeIDs: number[] }) => {
      this.parameterTypes = message.dataTypeIDs;
    });
    connection.parse({ name: '', text: this.text, types: [] }, false);
    connection.describe({ type: 'S', name: '' }, false);
    connection.sync();
  };

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.fields = message.fields;
  }

  handleError(error: Error): void {
    this.done.reject(error);
  }

  handleReadyForQuery(): void {
    this.done.resolve({ parameterTypes: this.parameterTypes, fields: this.fields });
  }

  /** Called by the driver for queries given to it as objects; the answer comes through `done`. */
  callback(): void {}
}

/** Rejects with PostgreSQL's error when the statement is not valid. The client must not be in pipeline mode. */
export function describeStatement(client: ClientBase, text: string): Promise<StatementShape> {
  const description = new Description(text);
  client.query(description);
  return description.done.promise;
}
