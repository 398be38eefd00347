/** Something that was asked about somebody's data. */
export interface PrivacyRequest {
  id: string;
  kind: 'export' | 'erasure' | 'tenant-deletion';
  scope: 'account' | 'tenant';
  state: 'scheduled' | 'queued' | 'running' | 'waiting' | 'done' | 'cancelled' | 'failed' | 'expired';
  email: string | null;
  requestedBy: string | null;
  percent: number;
  stage: string | null;
  reason: string | null;
  dueAt: string;
  createdAt: string;
  expiresAt: string | null;
  downloadable: boolean;
  hasCertificate: boolean;
}

export interface Counted {
  what: string;
  count: number;
  reason?: string;
}

export interface Certificate {
  certificate: {
    about: 'person' | 'workspace';
    platform: string;
    request: string;
    requestedAt: string;
    completedAt: string;
    parts: { tenant: string | null; title: string; state: string; erased: Counted[]; kept: Counted[] }[];
    totals: { erased: Counted[]; kept: Counted[] };
  };
  signature: string;
  publicKey: { x: string };
  genuine: boolean;
}

export interface WorkspaceDeletion {
  name: string;
  planned: { dueAt: string; requestedBy: string | null } | null;
  impact: {
    members: number;
    files: number;
    fileSize: number;
    licences: number;
    subscriptions: number;
    plugins: { id: string; rows: number }[];
  };
}

const WORKING: readonly PrivacyRequest['state'][] = ['queued', 'running', 'waiting'];

/** Whether something happens with it without anybody doing anything. */
export const isUnderWay = ({ state }: Pick<PrivacyRequest, 'state'>): boolean => WORKING.includes(state);
