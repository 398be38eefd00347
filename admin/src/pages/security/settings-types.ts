export interface ProviderSettings {
  issuer: string;
  clientId: string;
  enabled: boolean;
  enforced: boolean;
  provisioning: boolean;
  defaultRole: string;
}

export interface DomainView {
  domain: string;
  verifiedAt: string | null;
  verifiedBy: 'dns' | 'operator' | null;
  /** What to publish. */
  record: { name: string; value: string };
}

export interface SignInSettings {
  secondFactorRequired: boolean;
  supportAccess: boolean;
  singleSignOn: ProviderSettings | null;
  redirectUri: string;
  domains: DomainView[];
}
