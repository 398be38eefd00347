import { propertiesOf, requiredOf } from './properties.ts';
import { checkPermission, listed, type Review, reportRepeated } from './review.ts';
import { checkSchema } from './schemas.ts';

export function checkEvents(review: Review): void {
  const { manifest, report } = review;
  const events = manifest.events ?? [];
  reportRepeated(
    review,
    events.map((event, index) => [`/events/${index}/name`, event.name] as const),
    'event',
  );
  for (const [index, event] of events.entries()) {
    const pointer = `/events/${index}`;
    checkSchema(review, `${pointer}/payload`, event.payload, { object: true, uploads: false });
    const subject = propertiesOf(event.payload)[event.subject];
    if (!subject) {
      report(
        `${pointer}/subject`,
        `"${event.subject}" is no property of the payload (${listed(Object.keys(propertiesOf(event.payload)))})`,
      );
    } else if (subject.type !== 'string' && subject.type !== 'integer') {
      report(`${pointer}/payload/properties/${event.subject}/type`, 'names the subject: must be "string" or "integer"');
    } else if (!requiredOf(event.payload).includes(event.subject)) {
      report(`${pointer}/payload/required`, `must hold "${event.subject}", which names the subject`);
    }
    if (event.audience !== undefined) checkPermission(review, `${pointer}/audience`, event.audience);
  }
  checkSubscriptions(review);
}

function checkSubscriptions(review: Review): void {
  const { manifest, report } = review;
  const subscriptions = manifest.subscriptions ?? [];
  reportRepeated(
    review,
    subscriptions.map((subscription, index) => [`/subscriptions/${index}/event`, subscription.event] as const),
    'subscription',
  );
  for (const [index, { event, version }] of subscriptions.entries()) {
    const pointer = `/subscriptions/${index}`;
    const plugin = event.slice(0, event.indexOf('.'));
    if (plugin === manifest.id) {
      const own = (manifest.events ?? []).find((declared) => `${manifest.id}.${declared.name}` === event);
      if (!own) report(`${pointer}/event`, `"${event}" is not an event of this plugin; declare it under "events"`);
      else if (own.version !== version)
        report(`${pointer}/version`, `the event is declared with version ${own.version}`);
    } else if (!review.capabilities.has(`event:${event}`)) {
      report(`${pointer}/event`, `is another plugin's event: request the capability "event:${event}"`);
    }
  }
}
