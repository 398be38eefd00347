/** What a handler returns that sends the browser elsewhere (303). The address is ours or was built by us, never given. */
export class Redirect {
  readonly location: string;

  constructor(location: string) {
    this.location = location;
  }
}
