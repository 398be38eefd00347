import { expectTypeOf, test } from 'vitest';
import type {
  PublisherView as ShownPublisher,
  ReportLine as ShownReportLine,
} from '../../core/src/billing/connect/payout-report.ts';
import type { Sent } from '../../core/src/cli/operator/answers.ts';
import type { InvitationItem, Seats as ShownSeats } from '../../core/src/identity/members/listings.ts';
import type { RoleItem } from '../../core/src/identity/members/people.ts';
import type { TenantItem } from '../../core/src/identity/tenants/list-tenants.ts';
import type { ShownLicence } from '../../core/src/licensing/show-licence.ts';
import type { ShownPlugin } from '../../core/src/licensing/show-plugin.ts';
import type { ShownPlugin as OperatedPlugin } from '../../core/src/lifecycle/api/shown-plugin.ts';
import type { Impact as PluginImpact } from '../../core/src/lifecycle/impact.ts';
import type { Operation as RecordedOperation } from '../../core/src/lifecycle/types.ts';
import type { WorkspaceImpact } from '../../core/src/privacy/workspace/blast-radius.ts';
import type { TaskItem } from '../../core/src/tasks/task-item.ts';
import type { PluginView, TaskView } from '../src/api/types.ts';
import type { Impact, InstalledPlugin, Operation } from '../src/pages/installed/types.ts';
import type { LicenceDetails } from '../src/pages/licences/types.ts';
import type { PublisherView, ReportLine } from '../src/pages/payouts/types.ts';
import type { Invitation, RoleView, Seats } from '../src/pages/people/types.ts';
import type { WorkspaceDeletion } from '../src/pages/privacy/types.ts';
import type { TenantView } from '../src/pages/tenants/types.ts';

// The console may not import the kernel, so it says itself what it reads of the answers. The compiler sees here that
// the kernel answers so.
test('the kernel answers what the console reads', () => {
  expectTypeOf<Sent<OperatedPlugin>>().toExtend<InstalledPlugin>();
  expectTypeOf<Omit<Sent<RecordedOperation>, 'outcome'>>().toExtend<Omit<Operation, 'outcome'>>();
  expectTypeOf<Sent<PluginImpact>>().toExtend<Impact>();
  // Tier and state are those of `OperatedPlugin`, which licensing hands on as texts.
  expectTypeOf<Omit<Sent<ShownPlugin>, 'tier' | 'state'>>().toExtend<Omit<PluginView, 'tier' | 'state'>>();
  expectTypeOf<Sent<ShownLicence>>().toExtend<LicenceDetails>();
  expectTypeOf<Sent<TenantItem>>().toExtend<TenantView>();
  expectTypeOf<Sent<ShownPublisher>>().toExtend<PublisherView>();
  expectTypeOf<Sent<ShownReportLine>>().toExtend<ReportLine>();
  expectTypeOf<Sent<InvitationItem>>().toExtend<Invitation>();
  expectTypeOf<Sent<ShownSeats>>().toExtend<Seats>();
  expectTypeOf<Sent<RoleItem>>().toExtend<RoleView>();
  expectTypeOf<Sent<WorkspaceImpact>>().toExtend<WorkspaceDeletion['impact']>();
  expectTypeOf<Sent<TaskItem>>().toExtend<TaskView>();
});
